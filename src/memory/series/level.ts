/** Where a quantile of a series has been lying, window by window, on the scale of `toScale`: its past fades. Plain data. */
export interface SeriesLevel {
  /** Faded number of windows. */
  windows: number;
  mean: number;
  /** Faded mean square of what windows were off the mean. */
  variance: number;
}

/** No series is steadier than this, whatever its past says: 8 %. */
const LEAST_SPREAD = 0.08;
/** A window that is off by more of its usual distance than this teaches no more than one that is off by as much. */
const CLIP = 3;

export const startLevel = (): SeriesLevel => ({ windows: 0, mean: 0, variance: 0 });

/** Usual distance of a window's quantile from where it lies, without what few values make it scatter. */
export const measureSpread = ({ variance }: SeriesLevel): number => Math.max(LEAST_SPREAD, Math.sqrt(variance));

/** Folds one window's quantile. What is far off is learned slowly: a shift stays one for hours, a stray window changes little. */
export function foldLevel(level: SeriesLevel, at: number, fade: number, noise: number): void {
  const windows = level.windows * fade + 1;
  const share = 1 / windows;
  const reach = level.windows < 2 ? Infinity : CLIP * Math.hypot(measureSpread(level), noise);
  const off = level.windows === 0 ? 0 : Math.max(-reach, Math.min(reach, at - level.mean));
  level.mean = level.windows === 0 ? at : level.mean + share * off;
  level.variance = (1 - share) * (level.variance + share * off * off);
  level.windows = windows;
}

/**
 * Bits against chance that a window's quantile lies as far from where it usually does: tails of Student's t, whose degrees of
 * freedom are the windows that are known, so that a short past says little. `noise` is the scatter of few values.
 */
export function levelBits(level: SeriesLevel, at: number, noise: number): number {
  const spread = Math.hypot(measureSpread(level) * Math.sqrt(1 + 1 / Math.max(1, level.windows)), noise);
  const z = Math.abs(at - level.mean) / spread;
  const freedom = Math.max(2, Math.min(30, level.windows - 1));
  return Math.max(0, ((freedom + 1) / 2) * Math.log2(1 + (z * z) / freedom) - 1);
}
