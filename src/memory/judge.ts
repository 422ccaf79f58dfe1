import { levels, type JsonObject, type Level } from '../event.ts';
import type { Bits, RateState } from '../signal.ts';
import { burstOf, type Burst } from './burst.ts';
import { predict, type Prediction } from './rates.ts';
import { ageFactorOf, bitsOf, scoreOf } from './salience.ts';
import { severityOf } from './severity.ts';
import { MOVED, stateWordOf } from './stateWord.ts';
import { surpriseAbove, surpriseBelow } from './surprise.ts';
import { TREND, type Topic } from './topic.ts';
import type { Cell } from './window.ts';

/** Windows a topic stays new, and returning, after the one it came in. */
const NEWS_WINDOWS = 2;
/** Bits of novelty below which a first sight is no news after its own window: the group makes such all the time. */
const LEAST_NOVELTY = 1;

/** What is known of the window and the group when a topic is judged. */
export interface Circumstances {
  windowMs: number;
  index: number;
  /** End of the window, or now while it is open; milliseconds. */
  now: number;
  /** Share of the window that was watched, 0 to 1. */
  exposure: number;
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

/** Judges what a topic did in one window against what was known before it. `cell` is null when it was not seen. */
export function judge(topic: Topic, cell: Cell | null, at: Circumstances): Judgement {
  const count = cell?.count ?? 0;
  const trend = [...paddedTrend(topic), count];
  // More than a whole window brings is news at once; too little can only be told from the part that was watched.
  const whole = predict(topic.rate, 1);
  const part = whole && predict(topic.rate, at.exposure);
  const above = whole && count > whole.mean ? surpriseAbove(count, whole) : 0;
  const below = part && count < part.mean ? surpriseBelow(count, part) : 0;
  const burst = whole && cell ? burstOf({ windowMs: at.windowMs, peak: cell.peak, trend, predicted: whole }) : null;
  const age = at.index - topic.foundedIn;
  const isNew = topic.returnedIn === null && (age === 0 || (age <= NEWS_WINDOWS && topic.novelty >= LEAST_NOVELTY));
  const state = stateWordOf({ count, isNew, isBack: isBack(topic, at, above, whole), above, below });
  const level = cell ? cell.level : topic.level;
  const severity = severityIn(topic, cell, at);
  const novelty = isNew && cell ? topic.novelty : 0;
  const lastSeen = cell?.last ?? topic.last;
  const terms = { surprise: Math.max(above, below), burst: burst?.bits ?? 0, novelty, severity: severity.bits, together: 0 };
  const bits = bitsOf(terms, ageFactorOf(at.now - lastSeen));
  const usual = part ? usualOf(topic, part) : null;
  return {
    bits,
    score: scoreOf(bits.total),
    state,
    level: level < 0 ? null : levels[level]!,
    usual,
    trend,
    why: {
      seen: count,
      expected: part ? rounded(part.mean) : null,
      windows_of_history: rounded(topic.rate.exposure),
      burst: burst && burst.bits > 0 ? burstWhy(burst) : null,
      first_ever: isNew,
      new_per_day: rounded((topic.newPerWindow * 86_400_000) / at.windowMs),
      level: level < 0 ? null : levels[level]!,
      level_share: severity.share === null ? null : rounded(severity.share),
      severity_word: severity.word,
      last_seen_before_close_ms: Math.max(0, at.now - lastSeen),
    },
  };
}

/** Counts of the windows before the one that is judged, oldest first, eleven of them. */
function paddedTrend(topic: Topic): number[] {
  const kept = topic.trend.slice(-(TREND - 1));
  return [...(Array(TREND - 1 - kept.length).fill(0) as number[]), ...kept];
}

/** Back: came back lately after an absence as long as the trend, and that was not to be expected. */
function isBack(topic: Topic, at: Circumstances, above: number, predicted: Prediction | null): boolean {
  if (topic.returnedIn !== null) return at.index - topic.returnedIn <= NEWS_WINDOWS;
  return at.index - topic.foundedIn >= TREND && above >= MOVED && (predicted?.mean ?? 1) < 1 && topic.trend.every((n) => n === 0);
}

/** What stopped is not grave in itself, whatever its level was. */
function severityIn(topic: Topic, cell: Cell | null, at: Circumstances) {
  if (!cell) return { bits: 0, word: null, share: null };
  let asGrave = 0;
  let all = 0;
  at.levels.forEach((n, i) => {
    all += n;
    if (i > cell.level) asGrave += n;
  });
  return severityOf(cell.level < 0 ? null : levels[cell.level]!, topic.word, asGrave, all);
}

/** What was expected, without the prior that a topic never seen before lives on. */
function usualOf(topic: Topic, { mean }: Prediction): number {
  return topic.rate.sum === 0 ? 0 : rounded(mean);
}

function burstWhy({ count, minutes, expected }: Burst): JsonObject {
  return { count, minutes, expected: rounded(expected) };
}

/** Three significant digits: what a person reads, and the same in every run. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
