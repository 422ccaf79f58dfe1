import type { Middle } from './instances.ts';
import { foldLevel, levelBits, startLevel, type SeriesLevel } from './level.ts';
import type { NumberKind } from './readNumber.ts';
import { addSketch, fromScale, quantiles, startSketch, toScale, type Sketch } from './sketch.ts';

/** Quantiles that are watched. */
const SHARES = [0.5, 0.95] as const;
const NAMES = ['p50', 'p95'] as const;
/** Values that make a window of their own; fewer wait for those of the next, for as many windows at most. */
const LEAST_VALUES = 5;
const MOST_WAITED = 12;
/** Windows that must be known before one can be off, and windows in a row that make a shift lasting. */
const KNOWN = 8;
const LASTING = 2;
/** What has lasted so many times as long as what was known before is how it is: a day, where much was known. */
const LEARNED_AFTER = 3;
/** Bits that each of them must have, and the factor by which the quantile must have moved. */
const OFF = 8;
const LEAST_FACTOR = Math.log(1.5);
/** The factor from which on a shift counts in full. */
const FULL_FACTOR = Math.log(3);
/** Share of the tail's bits that the middle must have to stand for both. */
const NEAR = 0.3;
/** Quantiles that are kept for the picture. */
const TREND = 11;
/** Standard deviations between the quantiles of a normal spread, and how much the two of n values scatter: 1.25 and 2.1 over sqrt(n). */
const QUANTILE_GAP = 1.645;
const SCATTER = [1.25, 2.1] as const;
/** Share of changes upwards from which on the numbers only count up: an offset, a sequence. */
const COUNTER = 0.97;
const LEAST_CHANGES = 30;
/** Share of values that differ from the one before, below which the number is a name that is sometimes another: a port, a process. */
const NAME = 0.05;
/** Shifts that came and went so often, and about as far, are what the numbers do: a job every night. */
const FAMILIAR = 2;
const AS_FAR = 0.8;

/** What a series of numbers has been doing. Plain data but for the sketch. */
export interface SlotSeries {
  kind: NumberKind;
  levels: [SeriesLevel, SeriesLevel];
  /** Faded distance between the two quantiles. */
  gap: number;
  /** Values that wait for more, and the windows they have waited. */
  waiting: Sketch;
  waited: number;
  /** Windows in a row that were off, signed by their direction; one for each quantile. */
  runs: [number, number];
  /** How far each of them has gone while it lasts. */
  reached: [number, number];
  /** The quantiles of past windows, oldest first. */
  trend: [number[], number[]];
  /** Faded values, changes from one to the next, and those upwards, outside shifts. */
  values: number;
  changes: number;
  rises: number;
  /** The value that came last; null before the first. */
  last: number | null;
  /** Shifts that are over, by direction: how many, how far the farthest went, and the windows they lasted. */
  past: { up: PastShifts; down: PastShifts };
}

export interface PastShifts {
  times: number;
  farthest: number;
  windows: number;
}

/** A lasting shift of one quantile. */
export interface Shift {
  quantile: 'p50' | 'p95';
  /** Values: now, as usual. */
  now: number;
  usual: number;
  kind: NumberKind;
  bits: number;
  /** How many times more; below 1, less. */
  factor: number;
  /** It has come and gone before, as far and more than once. */
  familiar: boolean;
  /** Past quantiles, oldest first, and the present one. */
  trend: number[];
  /** Values it was made from. */
  values: number;
  windows: number;
}

export const startSeries = (kind: NumberKind): SlotSeries => ({
  kind,
  levels: [startLevel(), startLevel()],
  gap: 0,
  waiting: startSketch(),
  waited: 0,
  runs: [0, 0],
  reached: [0, 0],
  trend: [[], []],
  values: 0,
  changes: 0,
  rises: 0,
  last: null,
  past: { up: { times: 0, farthest: 0, windows: 0 }, down: { times: 0, farthest: 0, windows: 0 } },
});

/** What one window brought: its values, the changes from one to the next, and how many of them went up. */
export interface SeriesWindow {
  sketch: Sketch;
  changes: number;
  rises: number;
}

/** Folds a closed window; the shift that lasts with it, or null. `fade` is what is left of the past after one window. */
export function foldSeries(series: SlotSeries, window: SeriesWindow, fade: number): Shift | null {
  addSketch(series.waiting, window.sketch);
  series.waited += 1;
  if (series.waiting.count < LEAST_VALUES && series.waited < MOST_WAITED) return null;
  const values = series.waiting.count;
  const at = quantiles(series.waiting, SHARES);
  series.waiting = startSketch();
  series.waited = 0;
  if (values < LEAST_VALUES) return null;
  const { spread } = findMiddle(series);
  const mayShift = areAmounts(series);
  const shifts = at.map((place, q) =>
    judge(series, q as 0 | 1, place, { values, noise: (SCATTER[q]! * spread) / Math.sqrt(values), fade, mayShift }),
  );
  const calm = series.runs[0] === 0 && series.runs[1] === 0;
  if (calm) foldCalm(series, window, at[1]! - at[0]!, fade);
  const [median, tail] = shifts;
  // The middle says more than the tail where both have moved as far.
  return median && (!tail || median.bits >= tail.bits * NEAR) ? median : (tail ?? null);
}

/** Where the values lie by what is known, and how far apart, on the scale. */
export const findMiddle = ({ levels: [median], gap }: SlotSeries): Middle => ({ mean: median.mean, spread: gap / QUANTILE_GAP });

/** Whether enough is known of the numbers, and they say how much: a place in a sequence and a name do not. */
export const areAmounts = (series: SlotSeries): boolean => series.levels[0].windows >= KNOWN && !isCounter(series) && !isName(series);

interface Circumstances {
  values: number;
  noise: number;
  fade: number;
  mayShift: boolean;
}

function judge(series: SlotSeries, q: 0 | 1, at: number, { values, noise, fade, mayShift }: Circumstances): Shift | null {
  const level = series.levels[q];
  const off = at - level.mean;
  const bits = levelBits(level, at, noise);
  const run = nextRun(series, q, mayShift && bits >= OFF && Math.abs(off) >= LEAST_FACTOR ? off : 0);
  const { kind } = series;
  const familiar = familiarBits(series, off);
  const shift: Shift | null =
    Math.abs(run) < LASTING
      ? null
      : {
          quantile: NAMES[q],
          now: fromScale(at, kind),
          usual: fromScale(level.mean, kind),
          kind,
          bits: Math.min(bits * Math.min(1, Math.abs(off) / FULL_FACTOR), familiar),
          familiar: familiar < Infinity,
          factor: Math.exp(off),
          trend: [...series.trend[q], at].map((place) => fromScale(place, kind)),
          values,
          windows: level.windows,
        };
  // What lasts is not learned while it does: getting used to it would end it.
  if (Math.abs(run) < LASTING) foldLevel(level, at, fade, noise);
  else if (Math.abs(run) > LEARNED_AFTER * level.windows) adopt(series, q, at);
  series.trend[q] = [...series.trend[q], at].slice(-TREND);
  return shift;
}

/** The quantile lies here from now on. */
function adopt(series: SlotSeries, q: 0 | 1, at: number): void {
  series.levels[q] = { ...startLevel(), windows: 1, mean: at };
  series.runs[q] = 0;
}

/** Windows in a row that were off, with this one: `off` is how far, 0 when it is not. What lasted and is over is remembered. */
function nextRun(series: SlotSeries, q: 0 | 1, off: number): number {
  const before = series.runs[q];
  const direction = Math.sign(off);
  const past = before > 0 ? series.past.up : series.past.down;
  const goesOn = direction !== 0 && Math.sign(before) === direction;
  if (!goesOn && Math.abs(before) >= LASTING) {
    // Middle and tail that shift together are one shift.
    const other = series.runs[1 - q]!;
    past.times += Math.sign(other) === Math.sign(before) && Math.abs(other) >= LASTING ? 0 : 1;
    past.windows = Math.max(past.windows, Math.abs(before));
    past.farthest = Math.max(past.farthest, series.reached[q]);
  }
  series.runs[q] = goesOn ? before + direction : direction;
  series.reached[q] = goesOn ? Math.max(series.reached[q], Math.abs(off)) : Math.abs(off);
  return series.runs[q];
}

/** Most bits that a shift as far as this is worth, by how much of the past was spent in such; no limit to what is not familiar. */
function familiarBits({ past, levels: [median] }: SlotSeries, off: number): number {
  const { times, farthest, windows } = off > 0 ? past.up : past.down;
  if (times < FAMILIAR || Math.abs(off) * AS_FAR > farthest) return Infinity;
  return Math.log2((median.windows + windows + 1) / (windows + 1));
}

/** What is learned of a series while nothing has shifted. */
function foldCalm(series: SlotSeries, { sketch, changes, rises }: SeriesWindow, gap: number, fade: number): void {
  series.values = series.values * fade + sketch.count;
  series.changes = series.changes * fade + changes;
  series.rises = series.rises * fade + rises;
  series.gap += (gap - series.gap) / Math.max(1, series.levels[0].windows);
}

/** Numbers that only ever count up are places in a sequence: where they stand says nothing. */
const isCounter = ({ changes, rises }: SlotSeries): boolean => changes >= LEAST_CHANGES && rises >= COUNTER * changes;

/** A number that hardly ever changes is a name; but zero is a count of nothing. */
const isName = ({ levels: [median], values, changes, kind }: SlotSeries): boolean =>
  changes < NAME * values && Math.abs(median.mean) > toScale(0.5, kind);
