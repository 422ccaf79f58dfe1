import { predict, startRate, updateRate, type Rate } from './rates.ts';
import { scoreSurprise } from './surprise.ts';

/**
 * What a group's events a window have been: a level that follows the last hour, the levels of the hours of the day and of
 * the week, and how far off each of them has been as a forecast. Plain data; counts are per whole window.
 */
export interface Volume {
  /** Events a window, lately; null before the first window. */
  level: number | null;
  /** The same over as long as patterns have their rates; what was out of all bounds is not in it. */
  mean: Rate;
  /** By half hour of the day and hour of the week: level, and days or weeks it was seen on. */
  daily: [number, number][];
  weekly: [number, number][];
  /** Faded windows, and relative squared errors beyond Poisson of the three forecasts. */
  windows: number;
  error: number;
  daysError: Errors;
  weeksError: Errors;
  /** Windows in a row in which it was out of all bounds: for as long nothing is learned. */
  odd: number;
}

interface Errors {
  windows: number;
  error: number;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WEEK = 7 * DAY;
const SLOTS_A_DAY = 48;
const SLOTS_A_WEEK = 168;
const DAILY = DAY / SLOTS_A_DAY;
const WEEKLY = WEEK / SLOTS_A_WEEK;
/** The level follows with this half-life, in windows no fewer than LEAST and no more than MOST. */
const FOLLOWS = 60 * MINUTE;
const LEAST = 4;
const MOST = 60;
/** Windows after which a forecast's errors count half. */
const ERRORS_HALF_LIFE = 576;
/** Scatter that is assumed before it is known, the windows that is worth, and the least there ever is. */
const PRIOR_SCATTER = 0.25;
const PRIOR_WINDOWS = 4;
const LEAST_SCATTER = 0.01;
/** Windows before anything is judged, and days or weeks before a slot is believed. */
const LEARNED = 12;
const SEEN = 2;
/** How much of a slot is replaced by each further day. */
const SLOT_GAIN = 0.3;
/** Bits from which a window is too odd to learn from, and how many in a row are not. */
const ODD = 8;
const ODD_WINDOWS = 12;

export interface VolumeJudgement {
  /** Bits of surprise, whichever way; 0 while little is known. */
  bits: number;
  /** Events expected in a whole window at this time, and over the day; null while nothing is known. */
  usual: number | null;
  mean: number | null;
  ratio: number | null;
}

export function startVolume(): Volume {
  const none = { windows: 0, error: 0 };
  return { level: null, mean: startRate(0), daily: [], weekly: [], ...none, daysError: { ...none }, weeksError: { ...none }, odd: 0 };
}

/** Judges the events of a window, two-sided, against each forecast that is known: what one of them expected is no surprise. */
export function judgeVolume(volume: Volume, count: number, start: number): VolumeJudgement {
  if (volume.level === null) return { bits: 0, usual: null, mean: null, ratio: null };
  const lately = forecastBits(count, volume.level, volume);
  const day = slotForecast(volume.daily, start, DAY, SLOTS_A_DAY);
  const week = slotForecast(volume.weekly, start, WEEK, SLOTS_A_WEEK);
  const known = [
    lately,
    ...(day === null ? [] : [forecastBits(count, day, volume.daysError)]),
    ...(week === null ? [] : [forecastBits(count, week, volume.weeksError)]),
  ];
  const usual =
    day === null
      ? volume.level
      : Math.abs(Math.log((count + 1) / (day + 1))) < Math.abs(Math.log((count + 1) / (volume.level + 1)))
        ? day
        : volume.level;
  const bits = volume.windows < LEARNED * 0.9 ? 0 : Math.min(...known);
  return { bits, usual, mean: predict(volume.mean, 1)?.mean ?? null, ratio: usual > 0 ? count / usual : null };
}

/** A window as it is folded; times in milliseconds, `first` of the group's first event. */
export interface FoldedWindow {
  count: number;
  exposure: number;
  start: number;
  windowMs: number;
  bits: number;
  first: number;
  /** What is left of the past after a window. */
  fade: number;
}

/** While it is odd it is watched, whether anything comes or not; a silence of so many windows is usual. */
export const isWatched = ({ odd }: Volume): boolean => odd > 0 && odd < ODD_WINDOWS;

/** Folds a window of which `exposure` (0 to 1) was watched. */
export function foldVolume(volume: Volume, { count, exposure, start, windowMs, bits, first, fade }: FoldedWindow): void {
  if (exposure < 0.5) return;
  const whole = count / exposure;
  const isOdd = bits >= ODD && volume.odd < ODD_WINDOWS;
  volume.odd = bits >= ODD ? volume.odd + 1 : 0;
  if (volume.level === null) volume.level = whole;
  if (!isOdd) {
    foldError(volume, whole, volume.level);
    const day = slotForecast(volume.daily, start, DAY, SLOTS_A_DAY);
    if (day !== null) foldError(volume.daysError, whole, day);
    const week = slotForecast(volume.weekly, start, WEEK, SLOTS_A_WEEK);
    if (week !== null) foldError(volume.weeksError, whole, week);
    const windows = Math.min(MOST, Math.max(LEAST, FOLLOWS / windowMs));
    // A level met for the first time is the mean of what came, until there is as much of it as it follows.
    const gain = Math.max(1 - 2 ** (-1 / windows), 1 / Math.max(1, volume.windows));
    volume.level += gain * (whole - volume.level);
    if (volume.odd > 0) volume.level = whole;
    updateRate(volume.mean, count, exposure, fade);
  }
  // What is watched for a few hours has no use for the hours of the day.
  const known = start - first;
  if (known >= DAY / 4) foldSlot(volume.daily, whole, Math.floor(start / DAILY), SLOTS_A_DAY, windowMs / DAILY);
  if (known >= DAY * 5) foldSlot(volume.weekly, whole, Math.floor(start / WEEKLY), SLOTS_A_WEEK, windowMs / WEEKLY);
}

function forecastBits(count: number, mean: number, { windows, error }: Errors): number {
  const scatter = Math.max(LEAST_SCATTER, (error + PRIOR_SCATTER * PRIOR_WINDOWS) / (windows + PRIOR_WINDOWS));
  const expected = Math.max(0.5, mean);
  return scoreSurprise(count, { mean: expected, variance: expected + scatter * expected * expected });
}

function foldError(errors: Errors, count: number, mean: number): void {
  const expected = Math.max(0.5, mean);
  const fade = 2 ** (-1 / ERRORS_HALF_LIFE);
  // One window that was out of all bounds does not make every later one likely.
  const error = Math.min(1, Math.max(0, ((count - expected) ** 2 - expected) / (expected * expected)));
  errors.error = errors.error * fade + error;
  errors.windows = errors.windows * fade + 1;
}

/** What a time of the day or week usually brings, between the middles of two slots; null before both are known. */
function slotForecast(slots: readonly [number, number][], start: number, period: number, count: number): number | null {
  if (slots.length < count) return null;
  const width = period / count;
  const at = (start % period) / width - 0.5;
  const from = Math.floor(at);
  const [a, b] = [slots[(from + count) % count]!, slots[(from + 1) % count]!];
  if (a[1] < SEEN || b[1] < SEEN) return null;
  return a[0] + (b[0] - a[0]) * (at - from);
}

/** A slot takes in `share` of itself; `seen` counts whole slots. */
function foldSlot(slots: [number, number][], count: number, index: number, many: number, share: number): void {
  while (slots.length < many) slots.push([0, 0]);
  const slot = slots[index % many]!;
  const part = Math.min(1, share);
  const gain = slot[1] < 1 ? part / (slot[1] + part) : SLOT_GAIN * part;
  // Five digits: a group has two hundred of them in every checkpoint.
  slot[0] = Number((slot[0] + gain * (count - slot[0])).toPrecision(5));
  slot[1] = Number((slot[1] + part).toPrecision(5));
}
