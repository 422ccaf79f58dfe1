import { CHANCE } from './surprise.ts';

/**
 * How long a pattern stays away: a histogram of the time between one of its lines and the next, by octaves, whose past
 * fades. Beside it what is known of gaps of a day and of a week, for what comes by the clock. Plain data; milliseconds.
 */
export interface Gaps {
  /** Faded gaps by octave: the i-th from 2^i to 2^(i+1) milliseconds, the first below a second. */
  counts: number[];
  /** All of them. */
  n: number;
  /** Faded gaps near a day and near a week, and how far off the farthest of them was. */
  day: Rhythm;
  week: Rhythm;
  /** Event time to which the counts have faded; null before the first gap. */
  at: number | null;
}

interface Rhythm {
  n: number;
  off: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Time after which a gap counts half. */
const HALF_LIFE = 28 * DAY;
/** Octaves: a second and less in the first, half a year and more in the last. */
const FIRST = 10;
const OCTAVES = 25;
/** Gaps below which an absence says nothing: the pattern is rare. */
export const LEAST_GAPS = 8;
/** Gaps near a day or a week that make a rhythm, and how far from it they may be. */
const RHYTHM = 5;
const NEAR_DAY = HOUR;
const NEAR_WEEK = 3 * HOUR;
/** What is left of a rhythm after a long gap that is not of it, and how many gaps of one are counted. */
const KEPT = 0.75;
const MOST = 250;
/** What is late by less than this is on time. */
const LEAST_SLACK = 10 * 60_000;

export function startGaps(): Gaps {
  return { counts: [], n: 0, day: { n: 0, off: 0 }, week: { n: 0, off: 0 }, at: null };
}

/** Counts the gap between two lines, the second of which came at `now`. */
export function addGap(gaps: Gaps, length: number, now: number): void {
  const octave = findOctave(length);
  // Most gaps are short, and a histogram of months need not fade at each of them.
  if (octave > 6 || gaps.at === null) fade(gaps, now);
  while (gaps.counts.length <= octave) gaps.counts.push(0);
  gaps.counts[octave]! += 1;
  gaps.n += 1;
  if (length < DAY / 2) return;
  note(gaps.day, Math.abs(length - DAY), NEAR_DAY);
  if (length >= WEEK / 2) note(gaps.week, Math.abs(length - WEEK), NEAR_WEEK);
}

/**
 * Bits of a pattern staying away for `length`: -log2((1 + k) / (n + 1)), k being the gaps of n that were at least half as
 * long, for the longest of many is always a little longer than those before. What comes once a day or a week is not away
 * before it is due. Zero where there were too few. `own` of the gaps counted are this very one. Less what chance is allowed.
 */
export function absenceBits(gaps: Gaps, length: number, own = 0): number {
  for (const [rhythm, period] of [
    [gaps.week, WEEK],
    [gaps.day, DAY],
  ] as const) {
    if (rhythm.n < RHYTHM || length < DAY / 2) continue;
    const late = length - period > Math.max(LEAST_SLACK, 2 * rhythm.off);
    return late ? Math.log2(rhythm.n + 1) : 0;
  }
  if (gaps.n - own < LEAST_GAPS * FADED) return 0;
  const octave = findOctave(length) - 1;
  let longer = 0;
  for (let i = Math.max(0, octave); i < gaps.counts.length; i++) longer += gaps.counts[i]!;
  return Math.max(0, mostBits(gaps.n + 1 - own) - Math.log2(1 + Math.max(0, longer - own)));
}

/**
 * Bits of an absence longer than all of so many gaps. Of eight the longest is just reported; who stays away a thousand times is
 * allowed what chance is allowed elsewhere. Between them it is reported and no more, exactly: a difference of two logarithms may
 * fall short of what it is compared with.
 */
const mostBits = (gaps: number): number => Math.max(CHANCE, Math.log2(gaps) - CHANCE);

/** Eight gaps of the last month are eight gaps, although the first have faded a little. */
const FADED = 0.75;

/** Whether too little is known of its gaps to say that it is away, or back. */
export const isRare = (gaps: Gaps): boolean => gaps.n < LEAST_GAPS * FADED;

/** Milliseconds without a line from which its absence has `bits`; null when none has. */
export function missedAfter(gaps: Gaps, bits: number): number | null {
  const rhythmic = gaps.week.n >= RHYTHM ? WEEK : gaps.day.n >= RHYTHM ? DAY : null;
  if (rhythmic !== null) {
    const { n, off } = rhythmic === WEEK ? gaps.week : gaps.day;
    return Math.log2(n + 1) >= bits ? rhythmic + Math.max(LEAST_SLACK, 2 * off) + 1 : null;
  }
  if (isRare(gaps)) return null;
  for (let octave = 1; octave <= gaps.counts.length + 1; octave++) {
    const length = 2 ** (octave + FIRST);
    if (absenceBits(gaps, length) >= bits) return length;
  }
  return null;
}

/** The gaps of two patterns that are one. */
export function mergeGaps(into: Gaps, from: Gaps): void {
  from.counts.forEach((count, i) => {
    while (into.counts.length <= i) into.counts.push(0);
    into.counts[i]! += count;
  });
  into.n += from.n;
  for (const key of ['day', 'week'] as const) {
    into[key].n = Math.max(into[key].n, from[key].n);
    into[key].off = Math.max(into[key].off, from[key].off);
  }
  if (from.at !== null) into.at = Math.max(into.at ?? from.at, from.at);
}

function note(rhythm: Rhythm, off: number, near: number): void {
  if (off > near) {
    // A habit that is given up is forgotten by and by; it does not fade while it is kept, or a week's never came to be.
    rhythm.n *= KEPT;
    return;
  }
  rhythm.n = Math.min(MOST, rhythm.n + 1);
  rhythm.off = Math.max(rhythm.off, off);
}

function fade(gaps: Gaps, now: number): void {
  const factor = gaps.at === null ? 1 : 2 ** (-Math.max(0, now - gaps.at) / HALF_LIFE);
  gaps.at = Math.max(gaps.at ?? now, now);
  for (let i = 0; i < gaps.counts.length; i++) gaps.counts[i]! *= factor;
  gaps.n *= factor;
}

/** By the position of the highest bit: this is asked of every line. */
const findOctave = (length: number): number =>
  length >= 2 ** 31 ? Math.min(OCTAVES, Math.floor(Math.log2(length)) - FIRST) : Math.max(0, 31 - Math.clz32(length) - FIRST);
