import { evictOldest } from '../../../base/evictOldest.ts';
import { combinedBits, goOn, type Run } from './runBits.ts';

/**
 * What a group's patterns show by chance: how many of them are looked at, and the largest bits that each window gave. Plain
 * data; times in milliseconds, windows that are long past count less.
 */
export interface AlarmRecord {
  /** Windows of the record, all that there ever were. */
  windows: number;
  /** Windows by their largest bits, faded: the i-th from i to i + 1. */
  counts: number[];
  /** Patterns by the end of the last window that each was seen in. */
  patterns: Map<string, number>;
  /** What those gave in their last windows that gave anything. */
  runs: Map<string, Run>;
  /** The window that is looked at now: its end, its length and its largest bits so far. */
  end: number;
  width: number;
  largest: number;
}

/** Windows after which one counts half: a week of five minutes. */
const HALF_LIFE = 2016;
/** A pattern is looked at no more when it was not seen for so many windows. */
const FORGOTTEN_AFTER = 288;
/** Patterns of a group that are counted. */
const MOST_PATTERNS = 2000;
/** Bits beyond which nothing is told apart. */
const MOST_BITS = 64;
/** Windows at the end of the record from which its tail is read. */
const TAIL = 8;

export const startRecord = (): AlarmRecord => ({
  windows: 0,
  counts: [],
  patterns: new Map(),
  runs: new Map(),
  end: 0,
  width: 0,
  largest: 0,
});

/** What a pattern gave in a window, bits against chance; times in milliseconds. */
export interface Look {
  pattern: string;
  start: number;
  end: number;
  bits: number;
}

/** Bits of a look at a pattern, together with those of its windows before. */
export function weighLook({ runs }: AlarmRecord, { pattern, start, end, bits }: Look): number {
  const known = runs.get(pattern) ?? null;
  const run = known !== null && known.end >= end ? known : goOn(known, { end, width: end - start, bits });
  return run ? combinedBits(run) : bits;
}

/** Takes a look at a pattern in a closed window. What has been going on is looked at, and is no chance: its bits are left out. */
export function takeLook(record: AlarmRecord, { isTroubled, ...look }: Look & { isTroubled: () => boolean }): void {
  const { pattern, start, end } = look;
  if (end > record.end) {
    record.width = end - start;
    if (record.end > 0) foldWindow(record, end);
    record.end = end;
    record.largest = 0;
  }
  record.patterns.delete(pattern);
  record.patterns.set(pattern, end);
  evictOldest(record.patterns, MOST_PATTERNS);
  const run = goOn(record.runs.get(pattern) ?? null, { end, width: end - start, bits: look.bits });
  record.runs.delete(pattern);
  if (run) record.runs.set(pattern, run);
  evictOldest(record.runs, MOST_PATTERNS);
  const bits = run ? combinedBits(run) : look.bits;
  if (bits <= record.largest && !run) return;
  if (isTroubled()) record.runs.delete(pattern);
  else if (bits > record.largest) record.largest = bits;
}

/** Windows in so many milliseconds; 1 at least. */
export const windowsIn = ({ width }: AlarmRecord, period: number): number => Math.max(1, period / Math.max(1, width));

/**
 * The bits that a window has by chance with a probability of `chance`: beyond what the record holds its tail is exponential,
 * as bits are. Null for an empty record.
 */
export function bitsByChance({ counts }: AlarmRecord, chance: number): number | null {
  const all = counts.reduce((sum, n) => sum + n, 0);
  if (all === 0) return null;
  let tail = 0;
  let beyond = 0;
  let from = counts.length;
  while (from > 0 && tail < TAIL) {
    from -= 1;
    tail += counts[from]!;
    beyond += counts[from]! * (from + 0.5);
  }
  const excess = tail > 0 ? beyond / tail - from : 0;
  return from + Math.max(0, excess * Math.log(tail / all / chance));
}

/** Folds the window, and those up to the next one: in them nothing was looked at, and chance gave nothing. */
function foldWindow(record: AlarmRecord, next: number): void {
  const fade = 2 ** (-1 / HALF_LIFE);
  const bin = Math.min(MOST_BITS, Math.floor(record.largest));
  while (record.counts.length <= bin) record.counts.push(0);
  record.counts = record.counts.map((n) => n * fade);
  record.counts[bin]! += 1;
  const between = Math.min(FORGOTTEN_AFTER, Math.max(0, Math.round((next - record.end) / record.width) - 1));
  const left = fade ** between;
  record.counts = record.counts.map((n) => n * left);
  record.counts[0]! += (1 - left) / (1 - fade);
  record.windows += 1 + between;
  const long = record.end - FORGOTTEN_AFTER * record.width;
  for (const [pattern, seen] of record.patterns) {
    if (seen >= long) break;
    record.patterns.delete(pattern);
  }
}
