/**
 * Scores detections by the rules of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, "Evaluating Real-time
 * Anomaly Detection Algorithms"; NAB version 1.1).
 *
 * The first 15 % of a file (at most 750 rows) is probation and counts for nothing. In each labelled window only the
 * most valuable detection counts, the earlier the better; a window without one costs a miss; a detection outside
 * costs more the farther it lies behind the last window. The total is put on a scale where silence is 0 and a
 * detection at the left edge of every window is 100.
 */

/** One series as the scorer sees it: its length and its labelled windows as first and last row, both inside. */
export interface NabTruth {
  rows: number;
  windows: readonly (readonly [first: number, last: number])[];
}

/** What a hit, a false alarm and a miss weigh. */
export interface NabProfile {
  hit: number;
  falseAlarm: number;
  miss: number;
}

export const nabProfiles = {
  standard: { hit: 1, falseAlarm: 0.11, miss: 1 },
  lowFP: { hit: 1, falseAlarm: 0.22, miss: 1 },
  lowFN: { hit: 1, falseAlarm: 0.11, miss: 2 },
} as const satisfies Record<string, NabProfile>;

/** One series judged, before weights: so that the three profiles share one pass. */
export interface NabJudgement {
  /** For each window that can be hit at all, the best detection's value in (0, 1], or null when it was missed. */
  windows: (number | null)[];
  /** Labelled windows, those hidden in probation included: they are part of the perfect score. */
  labelled: number;
  /** Detections outside every window. */
  falseAlarms: number;
  /** Sum over them of a value in [-1, 0): -1 far from any window. */
  falseAlarmValue: number;
}

/** Rows at the start of a file that are never scored. */
export function probationLength(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750);
}

/** Falls from +1 through 0 (at the right edge of a window) to -1; `y` is the place in units of the window's width. */
function place(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}

/** Judges one series by the rows it fired at. */
export function judgeSeries({ rows, windows }: NabTruth, detections: Iterable<number>): NabJudgement {
  const probation = probationLength(rows);
  const sorted = [...windows].sort((a, b) => a[0] - b[0]);
  const best = new Map<number, number | null>();
  sorted.forEach(([, last], w) => last >= probation && best.set(w, null));
  let falseAlarms = 0;
  let falseAlarmValue = 0;
  for (const row of detections) {
    if (row < probation) continue;
    const w = sorted.findLastIndex(([first]) => first <= row);
    const window = sorted[w];
    if (window && row <= window[1]) {
      const width = window[1] - window[0] + 1;
      const value = place(-(window[1] - row + 1) / width) / place(-1);
      best.set(w, Math.max(best.get(w) ?? 0, value));
    } else {
      falseAlarms += 1;
      falseAlarmValue += window ? place((row - window[1]) / (window[1] - window[0])) : -1;
    }
  }
  return { windows: [...best.values()], labelled: windows.length, falseAlarms, falseAlarmValue };
}

/** The final score of a corpus under one profile: 0 for silence, 100 for perfection, below 0 for worse than silence. */
export function nabScore(judgements: readonly NabJudgement[], profile: NabProfile): number {
  let raw = 0;
  let silence = 0;
  let perfect = 0;
  for (const judgement of judgements) {
    for (const value of judgement.windows) raw += value === null ? -profile.miss : profile.hit * value;
    raw += profile.falseAlarm * judgement.falseAlarmValue;
    silence -= profile.miss * judgement.windows.length;
    perfect += profile.hit * judgement.labelled;
  }
  return (100 * (raw - silence)) / (perfect - silence);
}

/** Windows hit, windows missed, detections outside. */
export function nabCounts(judgements: readonly NabJudgement[]): { hits: number; misses: number; falseAlarms: number } {
  const windows = judgements.flatMap((judgement) => judgement.windows);
  const misses = windows.filter((value) => value === null).length;
  const falseAlarms = judgements.reduce((sum, judgement) => sum + judgement.falseAlarms, 0);
  return { hits: windows.length - misses, misses, falseAlarms };
}
