import type { JsonObject, Level } from '../../event.ts';
import type { Bits, RateState } from '../../signal.ts';
import { burstOf, type Burst } from '../rates/burst.ts';
import { levelAt } from './levelRank.ts';
import { predict, type Prediction } from '../rates/rates.ts';
import { addBits, scoreOf } from '../ranking/salience.ts';
import { severityOf } from '../text/severity.ts';
import { MOVED, stateWordOf } from './stateWord.ts';
import { CHANCE, surpriseAbove, surpriseBelow } from '../rates/surprise.ts';
import { TREND, type Pattern } from '../patterns/pattern.ts';
import type { Cell } from '../windows/window.ts';

/** Windows a pattern stays new, and returning, after the one it came in. */
const NEWS_WINDOWS = 2;
/** Windows of absence after which a pattern can be back. */
const ABSENCE = 6;
/** Bits of more than expected that make its return one: less than for a rise, for the silence speaks too. */
const LEAST_RETURN = 1;
/** Windows after its coming in which a pattern that behaves as ever becomes known. */
const KNOWN_AFTER = 3;
/** What the severity of a known topic counts while it behaves as ever: known trouble is still trouble. */
const KNOWN_SHARE = 0.2;

/** What is known of the window and the group when a pattern is judged. */
export interface Circumstances {
  windowMs: number;
  index: number;
  /** End of the window, or now while it is open; milliseconds. */
  now: number;
  /** What ages count to: `now`, or the last event where the input ended within the window. */
  asOf: number;
  /** Share of the window that was watched, 0 to 1. */
  exposure: number;
  /** The window is still open: nothing can be missed yet. */
  open: boolean;
  /** Faded counts of the group's events by level (index of `levels` plus one) before this window. */
  levels: readonly number[];
}

export interface Judgement {
  bits: Bits;
  score: number;
  state: RateState;
  level: Level | null;
  usual: number | null;
  trend: number[];
  why: JsonObject;
}

/** Judges what a pattern did in one window against what was known before it. `cell` is null when it was not seen. */
export function judge(pattern: Pattern, cell: Cell | null, at: Circumstances): Judgement {
  const count = cell?.count ?? 0;
  const trend = [...paddedTrend(pattern), count];
  // More than a whole window brings is news at once; too little can only be told from the part that was watched.
  const whole = predict(pattern.rate, 1);
  const part = whole && predict(pattern.rate, at.exposure);
  const above = whole && count > whole.mean ? surpriseAbove(count, whole) : 0;
  const below = part && !at.open && count < part.mean ? surpriseBelow(count, part) : 0;
  const burst = whole && cell ? burstOf({ windowMs: at.windowMs, peak: cell.peak, trend, predicted: whole }) : null;
  const isNew = isNewIn(pattern, at);
  const more = Math.max(above, burst?.bits ?? 0);
  const state = stateWordOf({ count, isNew, isBack: isBack(pattern, at, above), above: more, below });
  const novelty = isNew && cell ? pattern.novelty : 0;
  const severity = severityIn(pattern, cell, at);
  const share = knownShare(pattern, at, Math.max(more, novelty));
  const lastSeen = cell?.last ?? pattern.last;
  const terms = {
    surprise: Math.max(above, below),
    burst: burst?.bits ?? 0,
    novelty,
    severity: severity.bits * share,
    together: 0,
  };
  const bits = addBits(terms);
  const level = levelAt(cell ? cell.level : pattern.level);
  return {
    bits,
    score: scoreOf(bits.total),
    state,
    level,
    usual: part ? usualOf(pattern, part) : null,
    trend,
    why: {
      seen: count,
      expected: part ? rounded(part.mean) : null,
      windows_of_history: rounded(pattern.rate.exposure),
      burst: burst && burst.bits > 0 ? burstWhy(burst) : null,
      first_ever: isNew,
      new_per_day: rounded((pattern.newPerWindow * 86_400_000) / at.windowMs),
      level,
      level_share: severity.share === null ? null : rounded(severity.share),
      severity_word: severity.word,
      severity_counts: rounded(share),
      last_seen_before_close_ms: Math.max(0, at.asOf - lastSeen),
    },
  };
}

/** False for a pattern so rare that its absence, in this share of a window, could not be told: the full judgement is spared. */
export function canBeMissed(pattern: Pattern, exposure: number): boolean {
  const predicted = predict(pattern.rate, exposure);
  // Nothing scatters less than a Poisson count, of which none come with probability e^-mean.
  return predicted !== null && predicted.mean * Math.LOG2E - CHANCE >= MOVED;
}

/** New in the window of its first sight, and for two more where a first sight is news at all. */
function isNewIn(pattern: Pattern, { index }: Circumstances): boolean {
  const age = index - pattern.foundedIn;
  return pattern.returnedIn === null && (age === 0 || (age <= NEWS_WINDOWS && pattern.novelty >= MOVED));
}

/** Counts of the windows before the one that is judged, oldest first, eleven of them. */
function paddedTrend(pattern: Pattern): number[] {
  const kept = pattern.trend.slice(-(TREND - 1));
  return [...(Array(TREND - 1 - kept.length).fill(0) as number[]), ...kept];
}

/** Back: came back lately after an absence that was told, or so long that its return was not to be expected. */
function isBack(pattern: Pattern, { index }: Circumstances, above: number): boolean {
  if (pattern.returnedIn !== null && index - pattern.returnedIn <= NEWS_WINDOWS) return true;
  if (index - pattern.foundedIn < ABSENCE || pattern.trend.slice(-ABSENCE).some((n) => n > 0)) return false;
  return pattern.gone || above >= LEAST_RETURN;
}

/** What severity counts: in full for what came lately or comes more than it did, less the better a pattern is known. */
function knownShare(pattern: Pattern, { index }: Circumstances, moreBits: number): number {
  const known = Math.min(1, (index - (pattern.returnedIn ?? pattern.foundedIn)) / KNOWN_AFTER);
  const calm = 1 - Math.min(1, moreBits / MOVED);
  return 1 - (1 - KNOWN_SHARE) * known * calm;
}

/** What stopped is not grave in itself, whatever its level was. */
function severityIn(pattern: Pattern, cell: Cell | null, at: Circumstances) {
  if (!cell) return { bits: 0, word: null, share: null };
  let asGrave = 0;
  let all = 0;
  at.levels.forEach((n, i) => {
    all += n;
    if (i > cell.level) asGrave += n;
  });
  return severityOf(levelAt(cell.level), pattern.word, asGrave, all);
}

/** What was expected, without the prior that a pattern never seen before lives on. */
function usualOf(pattern: Pattern, { mean }: Prediction): number {
  return pattern.rate.sum === 0 ? 0 : rounded(mean);
}

function burstWhy({ count, minutes, expected }: Burst): JsonObject {
  return { count, minutes, expected: rounded(expected) };
}

/** Three significant digits: what a person reads, and the same in every run. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
