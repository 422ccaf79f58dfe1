/** A run is no news before it is so long, points. */
const least = 36;
/** How many times the longest run before it a run must last. */
const times = 4;
/** What a point takes off the longest run that is remembered. */
const shrink = 1 - 1e-4;

/** How long a series has had one value, and how long it has had one at most. Plain data. */
export interface Run {
  value: number | null;
  length: number;
  longest: number;
}

export const startRun = (): Run => ({ value: null, length: 0, longest: 0 });

/**
 * Folds a value in. True at the one point at which the same value has come four times as often in a row as ever before: a
 * sensor that hangs, a job that writes its last figure again. A series that often stands still has long runs, and is left alone.
 */
export function foldRun(run: Run, value: number): boolean {
  if (value !== run.value) {
    run.longest = Math.max(run.length, run.longest * shrink);
    run.value = value;
    run.length = 0;
  }
  run.length += 1;
  return run.length === Math.ceil(Math.max(least, times * run.longest));
}
