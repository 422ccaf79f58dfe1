import { toIso, type Event } from '../../event.ts';
import { ComparedGroup, type Side, type Sides, type Tally } from './comparedGroup.ts';
import { comparePatterns } from './comparePatterns.ts';
import type { ComparedSide, ComparisonResult } from './comparisonResult.ts';
import type { Stretch } from './judgeRate.ts';

export type { Side } from './comparedGroup.ts';

/** Groups that are told apart; those beyond are read as one. */
const MOST_GROUPS = 2000;
const OTHERS = '(others)';

/**
 * What is new, gone, more, fewer, slower and faster on one side of a comparison: events are added in any order, and the
 * result is of all of them. It has no clock: time is given.
 */
export class Comparison {
  /** The times given are no times but numbers of lines: none is told. */
  untimed = false;
  readonly #groups = new Map<string, ComparedGroup>();
  readonly #names: Sides<string>;
  readonly #stretches: Partial<Sides<Stretch>>;

  /** @param stretches the time that each side was watched, where that is known; else from its first event to its last */
  constructor(names: Sides<string>, stretches: Partial<Sides<Stretch>> = {}) {
    this.#names = names;
    this.#stretches = stretches;
  }

  add(side: Side, group: string, event: Event, time: number): void {
    let known = this.#groups.get(group);
    if (!known && this.#groups.size >= MOST_GROUPS) known = this.#groups.get((group = OTHERS));
    if (!known) this.#groups.set(group, (known = new ComparedGroup(group)));
    known.add(side, event, time);
  }

  result(): ComparisonResult {
    const groups = [...this.#groups.values()];
    const before = this.#stretch('before', groups);
    const after = this.#stretch('after', groups);
    const judged = groups.flatMap((group) => comparePatterns(group, before, after));
    const patterns = judged
      .flatMap(({ differs }) => (differs ? [differs] : []))
      .map((one) => (this.untimed ? { ...one, first_seen: null, last_seen: null } : one));
    const moved = new Set(patterns.map(({ template_id: id }) => id)).size;
    const sides = { before: this.#describe('before', groups, before), after: this.#describe('after', groups, after) };
    const expected = sides.before.events * (spanIn(after) / spanIn(before));
    return {
      ...sides,
      volume: sides.before.events === 0 ? null : sides.after.events / expected,
      patterns: patterns.toSorted((a, b) => b.bits.total - a.bits.total || b.after - a.after || (a.template_id < b.template_id ? -1 : 1)),
      steady: new Set(judged.map(({ id }) => id)).size - moved,
    };
  }

  #stretch(side: Side, groups: readonly ComparedGroup[]): Stretch {
    const given = this.#stretches[side];
    if (given) return given;
    const from = Math.min(...groups.map(({ all }) => all[side].bins.first));
    return { from, to: Math.max(...groups.map(({ all }) => all[side].bins.last)) };
  }

  #describe(side: Side, groups: readonly ComparedGroup[], { from, to }: Stretch): ComparedSide {
    const time = (ms: number) => (Number.isFinite(ms) && !this.untimed ? toIso(ms) : null);
    const tallies = groups.flatMap((group) => group.patterns().map(({ tally }): Tally => tally[side]));
    return {
      name: this.#names[side],
      from: time(from),
      to: time(to),
      events: groups.reduce((sum, { all }) => sum + all[side].count, 0),
      patterns: tallies.filter(({ count }) => count > 0).length,
    };
  }
}

const spanIn = ({ from, to }: Stretch): number => (Number.isFinite(to - from) ? Math.max(1000, to - from) : 1000);
