/**
 * What a topic's counts a window have been: a Gamma-Poisson rate whose past fades, with the scatter of the counts
 * beside it. Plain data; `exposure` is in windows, so that half a window counts half.
 */
export interface Rate {
  /** Faded sum of counts. */
  sum: number;
  /** Faded sum of squared counts. */
  squares: number;
  /** Faded number of windows that were watched. */
  exposure: number;
}

/** What the rate says of a window before it is seen. */
export interface Prediction {
  /** Expected count. */
  mean: number;
  /** Variance of the count: Poisson noise, what is not known of the rate, and the scatter seen so far. */
  variance: number;
}

/** Half a count in no time: a topic never seen is expected a little. Jeffreys' prior of a Poisson rate. */
const PRIOR_COUNT = 0.5;
/** Windows that prior is worth: few, so that the first window already counts. */
const PRIOR_WINDOWS = 0.05;
/** Scatter (variance beyond Poisson over the mean squared) that is assumed before it is known: swings of half. */
const PRIOR_SCATTER = 0.25;
/** Windows that assumption is worth. */
const SCATTER_WINDOWS = 4;
/** No stream is steadier than a tenth, whatever its past says. */
const LEAST_SCATTER = 0.01;

/** A topic that is met for the first time, in a group that has been watched for `exposure` windows. */
export function startRate(exposure: number): Rate {
  return { sum: 0, squares: 0, exposure };
}

/** What share of the past is left after `windows` windows, with a half-life in windows. */
export function computeFade(windows: number, halfLife: number): number {
  return 2 ** (-windows / halfLife);
}

/** Folds one window of which `exposure` (0 to 1) was watched, after fading what was known. */
export function updateRate(rate: Rate, count: number, exposure: number, fade: number): void {
  rate.sum = rate.sum * fade + count;
  // One event in the last second of a window is no rate of hundreds: a shorter share says no more than the prior.
  rate.squares = rate.squares * fade + (count * count) / Math.max(exposure, PRIOR_WINDOWS);
  rate.exposure = rate.exposure * fade + exposure;
}

/** Folds `windows` windows without an event at once: the same as that many updates with a count of zero. */
export function skipWindows(rate: Rate, windows: number, halfLife: number): void {
  const fade = computeFade(windows, halfLife);
  rate.sum *= fade;
  rate.squares *= fade;
  rate.exposure = watchedAfter(rate.exposure, windows, halfLife);
}

/** Faded number of windows watched, after `windows` more: a geometric series. */
export function watchedAfter(exposure: number, windows: number, halfLife: number): number {
  const fade = computeFade(windows, halfLife);
  return exposure * fade + (1 - fade) / (1 - computeFade(1, halfLife));
}

/** The count expected in `exposure` windows; null where nothing was watched before. */
export function predict(rate: Rate, exposure: number): Prediction | null {
  if (rate.exposure <= 0) return null;
  const windows = rate.exposure + PRIOR_WINDOWS;
  const perWindow = (rate.sum + PRIOR_COUNT) / windows;
  const mean = perWindow * exposure;
  const scatter = measureScatter(rate, perWindow);
  return { mean, variance: mean * (1 + exposure / windows) + scatter * mean * mean };
}

function measureScatter(rate: Rate, perWindow: number): number {
  const spread = rate.squares / rate.exposure - (rate.sum / rate.exposure) ** 2;
  const seen = Math.max(0, (spread - perWindow) / (perWindow * perWindow));
  const blended = (seen * rate.exposure + PRIOR_SCATTER * SCATTER_WINDOWS) / (rate.exposure + SCATTER_WINDOWS);
  return Math.max(LEAST_SCATTER, blended);
}
