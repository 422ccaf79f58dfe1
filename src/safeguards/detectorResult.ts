/** What one baseline expected, and how far the value lies from it (value - baseline), in the value's unit. */
export interface Contributor {
  name: string;
  baseline: number;
  residual: number;
}

/** What a spike detector says about one point of a series. */
export interface DetectorResult {
  /** How unusual the point is; comparable with `threshold` only. */
  score: number;
  /** True at the onset of a spike: the score reached the threshold, warm-up is over, no alarm was raised just before. */
  fires: boolean;
  /** Whether the value (or its running mean, where that is what stands out) lies above or below what is usual. */
  direction: 'up' | 'down';
  /** What was usual, by the baseline against which the value stands out most. */
  baseline: number;
  /** The score from which it fires. */
  threshold: number;
  /** Every baseline that had something to compare with. */
  contributors: Contributor[];
  /** The largest part of the score: which baseline or novelty, and at which scale (weight of the newest point). */
  top: { baseline: string; scale: number };
  /** False while it only learns. */
  warm: boolean;
  /** Points that were learned before this one. */
  learned_points: number;
}
