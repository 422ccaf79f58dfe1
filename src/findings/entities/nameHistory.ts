import { evictOldest } from '../../base/evictOldest.ts';
import type { Blip } from '../../signal.ts';
import { shareBits } from '../shareBits.ts';
import { NameCounts, type SavedCounts } from './nameCounts.ts';

/** Names that are told apart in a pattern's lines of one window, in all its lines, and in those of a group. */
const IN_WINDOW = 32;
const IN_PATTERN = 8;
const IN_GROUP = 64;
/** Patterns and groups that are remembered, and patterns that are counted at once over all open windows. */
const MOST_PATTERNS = 10_000;
const MOST_GROUPS = 1000;
const MOST_OPEN = 8192;
/** What was usual a day ago counts half. */
const HALF_LIFE = 86_400_000;
/** Windows are as long as those of the first blip; what comes before it is counted in pieces of this length, milliseconds. */
const PIECE = 10_000;
/** Lines of a pattern, and of a group, from which what is usual in it is known. */
const KNOWN_PATTERN = 8;
const KNOWN_GROUP = 20;
/** A name stands out where it is in this share of the lines, and in no more than this part of that usually. */
const LEAST_SHARE = 0.8;
const MOST_USUAL = 0.5;
const LEAST_LINES = 3;
/** Many names are looked at in many patterns: fewer bits come by chance. */
const LEAST_BITS = 10;
const MOST_TOLD = 3;

/**
 * A name that stands out in a pattern's lines of a window: in how many of how many, and its share usually, 0 to 1, at most, of
 * so many lines before.
 */
export interface OddName {
  name: string;
  in: number;
  of: number;
  usual: number;
  before: number;
}

/** A pattern's lines of one window. */
interface Tally {
  group: string;
  counts: NameCounts;
}

type SavedTally = [template: string, group: string, counts: SavedCounts];
export interface SavedHistory {
  width: number;
  known: boolean;
  windows: [start: number, tallies: SavedTally[]][];
  patterns: [string, SavedCounts][];
  groups: [string, SavedCounts][];
}

/**
 * Which names stand in the lines of each pattern: in windows that are open, and usually. A window becomes part of what is
 * usual when a later one is over, so that it is never compared with itself. Bounded, whatever comes; times in milliseconds.
 */
export class NameHistory {
  #width = PIECE;
  /** The length of windows is known. */
  #known = false;
  readonly #windows = new Map<number, Map<string, Tally>>();
  readonly #patterns = new Map<string, NameCounts>();
  readonly #groups = new Map<string, NameCounts>();
  #open = 0;

  /** A line of a pattern. */
  add(template: string, group: string, time: number, names: readonly string[]): void {
    this.#tally(template, group, Math.floor(time / this.#width) * this.#width).counts.add(names);
  }

  /** The names that stand out in the lines of a blip's window, the most bits first. A window that is over makes those before it the usual. */
  judge(blip: Blip): OddName[] {
    const [start, end] = [Date.parse(blip.start), Date.parse(blip.end)];
    this.#learnWidth(end - start);
    if (!blip.open) for (const at of this.#windows.keys()) if (at + this.#width <= start) this.#fold(at);
    if (blip.state === 'steady' || blip.count === 0) return [];
    const counts = this.#countIn([blip.template_id, ...(blip.merged ?? [])], start, end);
    if (counts === null || counts.lines < LEAST_LINES) return [];
    const usual = this.#usually(blip);
    return usual === null ? [] : listOdd(counts, usual);
  }

  save(): SavedHistory {
    const plain = (all: ReadonlyMap<string, NameCounts>) => [...all].map(([name, one]): [string, SavedCounts] => [name, one.save()]);
    return {
      width: this.#width,
      known: this.#known,
      windows: [...this.#windows].map(([at, tallies]) => [
        at,
        [...tallies].map(([template, { group, counts }]): SavedTally => [template, group, counts.save()]),
      ]),
      patterns: plain(this.#patterns),
      groups: plain(this.#groups),
    };
  }

  static load({ width, known, windows, patterns, groups }: SavedHistory): NameHistory {
    const history = new NameHistory();
    history.#width = width;
    history.#known = known;
    for (const [at, tallies] of windows)
      history.#windows.set(
        at,
        new Map(tallies.map(([template, group, counts]) => [template, { group, counts: NameCounts.load(counts, IN_WINDOW) }])),
      );
    history.#open = windows.reduce((sum, [, tallies]) => sum + tallies.length, 0);
    for (const [name, counts] of patterns) history.#patterns.set(name, NameCounts.load(counts, IN_PATTERN));
    for (const [name, counts] of groups) history.#groups.set(name, NameCounts.load(counts, IN_GROUP));
    return history;
  }

  #tally(template: string, group: string, at: number): Tally {
    let window = this.#windows.get(at);
    if (!window) this.#windows.set(at, (window = new Map()));
    let tally = window.get(template);
    if (tally) return tally;
    if (this.#open >= MOST_OPEN) this.#makeRoom();
    // The window may just have become part of what is usual: then it is begun anew.
    if (!this.#windows.has(at)) this.#windows.set(at, window);
    window.set(template, (tally = { group, counts: new NameCounts(IN_WINDOW) }));
    this.#open += 1;
    return tally;
  }

  /** The oldest of several windows becomes usual; of one, the patterns with the fewest lines are let go. */
  #makeRoom(): void {
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > 1) {
      this.#fold(oldest!);
      if (this.#open < MOST_OPEN) return;
    }
    const window = this.#windows.values().next().value!;
    const byLines = [...window].toSorted(([a, one], [b, other]) => one.counts.lines - other.counts.lines || (a < b ? -1 : 1));
    for (const [template] of byLines.slice(0, Math.ceil(byLines.length / 2))) window.delete(template);
    this.#open -= Math.ceil(byLines.length / 2);
  }

  /** The shortest windows that blips come in; what was counted in other pieces is put into these. */
  #learnWidth(width: number): void {
    if (width <= 0 || (this.#known && width >= this.#width)) return;
    this.#known = true;
    if (width === this.#width) return;
    const before = [...this.#windows];
    this.#width = width;
    this.#windows.clear();
    this.#open = 0;
    for (const [at, tallies] of before)
      for (const [template, { group, counts }] of tallies) this.#tally(template, group, Math.floor(at / width) * width).counts.take(counts);
  }

  #fold(at: number): void {
    const window = this.#windows.get(at)!;
    this.#windows.delete(at);
    this.#open -= window.size;
    for (const [template, { group, counts }] of window) {
      takeInto(this.#patterns, template, { counts, at, names: IN_PATTERN, most: MOST_PATTERNS });
      takeInto(this.#groups, group, { counts, at, names: IN_GROUP, most: MOST_GROUPS });
    }
  }

  #countIn(templates: readonly string[], start: number, end: number): NameCounts | null {
    const found: NameCounts[] = [];
    for (const [at, window] of this.#windows) {
      if (at < start || at >= end) continue;
      for (const template of templates) {
        const tally = window.get(template);
        if (tally) found.push(tally.counts);
      }
    }
    if (found.length < 2) return found[0] ?? null;
    const all = new NameCounts(IN_WINDOW);
    for (const one of found) all.take(one);
    return all;
  }

  /** What is usual for a pattern: in its lines before, else in those of its group. null where neither says. */
  #usually({ template_id: template, group_id: group }: Blip): NameCounts | null {
    const mine = this.#patterns.get(template);
    if (mine && mine.lines >= KNOWN_PATTERN) return mine;
    const all = this.#groups.get(group);
    return all && all.lines >= KNOWN_GROUP ? all : null;
  }
}

interface Into {
  counts: NameCounts;
  at: number;
  names: number;
  most: number;
}

function takeInto(all: Map<string, NameCounts>, key: string, { counts, at, names, most }: Into): void {
  const known = all.get(key) ?? new NameCounts(names);
  known.fade(at, HALF_LIFE);
  known.take(counts);
  all.delete(key);
  all.set(key, known);
  evictOldest(all, most);
}

function listOdd(counts: NameCounts, before: NameCounts): OddName[] {
  const of = counts.lines;
  const odd = counts.sure().flatMap(([name, count]): (OddName & { bits: number })[] => {
    const usual = before.share(name);
    if (count < LEAST_SHARE * of || usual > (MOST_USUAL * count) / of) return [];
    const bits = shareBits({ count, of, usual: Math.max(usual, 1 / (before.lines + 2)) });
    return bits >= LEAST_BITS ? [{ name, in: count, of, usual, before: before.lines, bits }] : [];
  });
  odd.sort((a, b) => b.bits - a.bits || b.name.length - a.name.length || (a.name < b.name ? -1 : 1));
  // Of a name and what it lies in, in the same lines, the name is told.
  const telling = odd.filter(({ name, in: many }) => !odd.some((one) => one.name !== name && one.in >= many && one.name.includes(name)));
  return telling.slice(0, MOST_TOLD).map(({ bits: _, ...one }) => one);
}
