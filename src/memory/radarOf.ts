import type { JsonObject } from '../event.ts';
import type { Blip, Radar, RateState } from '../signal.ts';
import { bitsOf, scoreOf } from './salience.ts';
import { hasMoved, togetherBits, type MoveRate } from './together.ts';
import { uniqueLabels } from './uniqueLabels.ts';

/** Ids of companions a blip names. */
const COMPANIONS = 8;

/**
 * The radar of one window: its blips, most salient first, the rest counted. `group` is null over several groups.
 * Equal scores: more bits, more events, then id.
 */
export function radarOf(blips: readonly Blip[], group: string | null, top: number): Radar {
  const ranked = [...blips].sort(byScore);
  const listed = uniqueLabels(ranked.slice(0, top));
  const rest = ranked.slice(top);
  const states: Partial<Record<RateState, number>> = {};
  for (const { state } of rest) states[state] = (states[state] ?? 0) + 1;
  const learning = blips.map(({ why }) => why.learning).find((value) => value !== undefined);
  const [first] = blips;
  return {
    group_id: group,
    start: first!.start,
    end: first!.end,
    open: first!.open,
    events: sumOf(blips),
    groups: new Set(blips.map(({ group_id }) => group_id)).size,
    patterns: blips.length,
    new_patterns: blips.filter(({ state }) => state === 'new').length,
    blips: listed,
    rest: { patterns: rest.length, events: sumOf(rest), states },
    ...(learning === undefined ? {} : { learning: learning as unknown as NonNullable<Radar['learning']> }),
  };
}

/** Adds the bits of co-occurrence to what moved, and names its companions, the most salient first. */
export function withCompanions(blips: readonly Blip[], moves: MoveRate): Blip[] {
  const movers = blips.filter(({ state, bits }) => hasMoved(state, bits)).sort(byScore);
  if (movers.length < 2) return [...blips];
  const together = togetherBits(moves, movers.length - 1, blips.length - 1);
  return blips.map((blip) => {
    if (!hasMoved(blip.state, blip.bits)) return blip;
    const companions = movers
      .filter((other) => other !== blip)
      .slice(0, COMPANIONS)
      .map(({ topic_id }) => topic_id);
    const bits = bitsOf({ ...blip.bits, together }, blip.bits.age_factor);
    const why: JsonObject = { ...blip.why, moved_with: movers.length - 1, moved_among: blips.length - 1 };
    return { ...blip, bits, score: scoreOf(bits.total), why, together: companions };
  });
}

function byScore(a: Blip, b: Blip): number {
  return (
    b.score - a.score ||
    b.bits.total - a.bits.total ||
    b.count - a.count ||
    (a.topic_id < b.topic_id ? -1 : a.topic_id > b.topic_id ? 1 : 0)
  );
}

function sumOf(blips: readonly Blip[]): number {
  return blips.reduce((sum, { count }) => sum + count, 0);
}
