import type { JsonObject, Level } from '../../event.ts';
import type { Bits, RateState } from '../../signal.ts';
import { scoreBurst, type Burst } from '../rates/burst.ts';
import { levelAt, rankLevel } from './levelRank.ts';
import { rounded } from './rounded.ts';
import { loadAt, loadFor, predictByShare, predictByVolume, scaleTo, type Traffic } from './share.ts';
import { predict, type Prediction } from '../rates/rates.ts';
import { addBits, computeScore } from '../ranking/salience.ts';
import { scoreSeverity } from '../text/severity.ts';
import { MOVED, chooseStateWord } from './stateWord.ts';
import { absenceBits, isRare } from '../rates/gaps.ts';
import { surpriseAbove, surpriseBelow, tailBits } from '../rates/surprise.ts';
import { TREND, type Pattern } from '../patterns/pattern.ts';
import type { Cell } from '../windows/window.ts';

const ERROR = rankLevel('ERROR');
/** Windows a pattern stays new, and returning, after the one it came in. */
const NEWS_WINDOWS = 2;
/** Windows of absence after which a rare pattern is back. */
const ABSENCE = 6;
/** Windows after its coming in which a pattern that behaves as ever becomes known. */
const KNOWN_AFTER = 3;
/** What the severity of a known topic counts while it behaves as ever: known trouble is still trouble. */
const KNOWN_SHARE = 0.2;
/** Bits of more than usual from which it counts in full: what chance brings to one of a hundred patterns in a day does not. */
const LOUD = 9;
/** Below that it counts by this power of the bits: what chance brings every hour counts little. */
const LOUDNESS = 3;

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
  /** What the group as a whole does; null where that is not known. */
  traffic: Traffic | null;
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
  const rate = weighRate(pattern, cell, trend, at);
  const isNew = isNewIn(pattern, at);
  const back = isBack(pattern, at);
  const rare = isRare(pattern.gaps);
  const away = cell && back && !rare ? absenceBits(pattern.gaps, cell.away * Math.min(1, rate.load), 1) : 0;
  const more = Math.max(rate.above, rate.burst?.bits ?? 0);
  const isReturning = back && !rare && (away >= MOVED || (cameBack(pattern, at) && !pattern.backRarely));
  const state = chooseStateWord({ count, isNew, isBack: isReturning, isRare: back && rare, above: more, below: rate.below });
  const novelty = isNew && cell ? pattern.novelty : 0;
  const severity = severityIn(pattern, cell, at);
  const share = knownShare(pattern, at, Math.max(more, novelty, away, back && rare ? LOUD : 0));
  const lastSeen = cell?.last ?? pattern.last;
  const terms = {
    surprise: Math.max(rate.above, rate.below, away),
    burst: rate.burst?.bits ?? 0,
    novelty,
    severity: severity.bits * share,
    together: 0,
  };
  const bits = addBits(terms);
  const level = levelAt(cell ? cell.level : pattern.level);
  return {
    bits,
    score: computeScore(bits.total),
    state,
    level,
    usual: rate.part ? describeUsual(pattern, rate.part) : null,
    trend,
    why: {
      seen: count,
      expected: rate.part ? rounded(rate.part.mean) : null,
      windows_of_history: rounded(pattern.rate.exposure),
      burst: rate.burst && rate.burst.bits > 0 ? burstWhy(rate.burst) : null,
      first_ever: isNew,
      ...(cell?.late !== undefined && { late: cell.late }),
      new_per_day: rounded((pattern.newPerWindow * 86_400_000) / at.windowMs),
      level,
      level_share: severity.share === null ? null : rounded(severity.share),
      severity_word: severity.word,
      severity_counts: rounded(share),
      ...(rate.excused === null ? {} : { excused_by: rate.excused }),
      ...(state === 'rising' ? { chance_bits: rounded(rate.chance) } : {}),
      last_seen_before_close_ms: Math.max(0, at.asOf - lastSeen),
    },
  };
}

interface WeighedRate {
  above: number;
  below: number;
  burst: Burst | null;
  /** What was expected of the part of the window that was watched. */
  part: Prediction | null;
  /** How the traffic that is usual now compares to what it is over the day. */
  load: number;
  /** Bits of chance alone giving as many, in the window or the span that stands out most. */
  chance: number;
  /** What takes bits away from it. */
  excused: 'share' | 'volume' | null;
}

/**
 * The bits of a count against time, by itself and, while the volume of the group is what it is, against the share of the
 * others; what the volume explains where that is a line of its own counts nothing. Absence is judged by the pattern's own gaps.
 */
function weighRate(pattern: Pattern, cell: Cell | null, trend: readonly number[], at: Circumstances): WeighedRate {
  const count = cell?.count ?? 0;
  // More than a whole window brings is news at once; too little can only be seen in the part that was watched.
  const mean = predict(pattern.rate, 1);
  const lately = mean === null || !at.traffic ? 1 : loadFor(mean, at.traffic);
  const byHour = mean === null || pattern.hours === null ? lately : loadAt(pattern.hours, { ...at, mean: mean.mean, load: lately, count });
  // An error that comes more often is no less of one because it did so yesterday.
  const load = (cell?.level ?? -1) >= ERROR ? Math.min(lately, byHour) : byHour;
  const whole = mean && scaleTo(mean, load);
  const usual = predict(pattern.rate, at.exposure);
  const part = usual && scaleTo(usual, load);
  // That something came for the first time is what novelty says; its rate begins with the second line. How many lines the
  // first window of something new holds is known of no group: as often as their square it is so many, but for errors.
  const isFirst = pattern.foundedIn === at.index && pattern.returnedIn === null;
  const founding = isFirst ? Math.min(1, count) : 0;
  const isChatter = isFirst && (cell?.level ?? -1) < ERROR;
  const bound = isChatter ? 2 * Math.log2(Math.max(1, count)) : Number.POSITIVE_INFINITY;
  const above = whole && count - founding > whole.mean ? Math.min(bound, surpriseAbove(count - founding, whole)) : 0;
  const away = count === 0 && !at.open ? absenceBits(pattern.gaps, (at.asOf - pattern.last) * Math.min(1, load)) : 0;
  const below = part && !at.open && count > 0 && count < part.mean ? surpriseBelow(count, part) : away;
  const later = founding === 0 ? trend : [...trend.slice(0, -1), count - founding];
  const burst =
    whole && cell && !isChatter ? scoreBurst({ windowMs: at.windowMs, peak: cell.peak - founding, trend: later, predicted: whole }) : null;
  const tail = whole && above > 0 ? tailBits(count - founding, whole) : 0;
  // The window itself and each span had a chance of its own to stand out.
  const chance = Math.max(0, Math.max(tail, burst?.tail ?? 0) - Math.log2(1 + (burst?.looks ?? 0)));
  const weighed: WeighedRate = { above, below, burst, part, load, chance, excused: null };
  const isGrave = cell !== null && cell.level >= ERROR && count > (whole?.mean ?? 0);
  if (!at.traffic || !part || isGrave || (above < MOVED && below < MOVED && (burst?.bits ?? 0) < MOVED)) return weighed;
  const byShare = predictByShare(part, count, at.traffic);
  const byVolume = predictByVolume(part, count, at.traffic);
  const [by, excused] = byShare ? ([byShare, 'share'] as const) : ([byVolume, 'volume'] as const);
  if (!by) return weighed;
  const most = count > by.mean ? surpriseAbove(count, by) : 0;
  const least = count < by.mean ? surpriseBelow(count, by) : 0;
  if (most >= above && least >= below) return weighed;
  return {
    above: Math.min(above, most),
    below: Math.min(below, least),
    burst: burst && { ...burst, bits: most < above ? Math.min(burst.bits, most) : burst.bits },
    part,
    load,
    chance: most < above ? Math.min(chance, tailBits(count, by)) : chance,
    excused,
  };
}

/** False for a pattern whose absence is not to be reported yet: the full judgement is spared. */
export function canBeMissed({ missedAt }: Pattern, now: number): boolean {
  return missedAt !== null && now >= missedAt;
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

/** Back: came back lately, or comes after windows without it. */
function isBack(pattern: Pattern, at: Circumstances): boolean {
  const { index } = at;
  if (cameBack(pattern, at)) return true;
  if (index - pattern.foundedIn < ABSENCE) return false;
  return isRare(pattern.gaps) ? pattern.trend.slice(-ABSENCE).every((n) => n === 0) : pattern.trend.at(-1) === 0;
}

/** In this window or one of the last two it was reported to be back. */
const cameBack = ({ returnedIn }: Pattern, { index }: Circumstances): boolean => returnedIn !== null && index - returnedIn <= NEWS_WINDOWS;

/** What severity counts: in full for what came lately or comes more than it did, less the better a pattern is known. */
function knownShare(pattern: Pattern, { index }: Circumstances, moreBits: number): number {
  const known = Math.min(1, (index - (pattern.returnedIn ?? pattern.foundedIn)) / KNOWN_AFTER);
  const calm = 1 - Math.min(1, moreBits / LOUD) ** LOUDNESS;
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
  return scoreSeverity(levelAt(cell.level), pattern.word, asGrave, all);
}

/** What was expected, without the prior that a pattern never seen before lives on. */
function describeUsual(pattern: Pattern, { mean }: Prediction): number {
  return pattern.rate.sum === 0 ? 0 : rounded(mean);
}

function burstWhy({ count, minutes, expected }: Burst): JsonObject {
  return { count, minutes, expected: rounded(expected) };
}
