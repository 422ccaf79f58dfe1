import { logBeta } from './logBeta.ts';
import type { Prediction } from './rates.ts';

/** Once in so many windows a stream leaves its past altogether; it bounds what any one count can prove. */
const REGIME = 2 ** -14;
/** Bits that chance alone is allowed: of eight calm windows one is this odd. Only what lies beyond counts. */
export const CHANCE = 3;

/**
 * Bits of surprise in seeing `count` or more where `predicted` was expected: -log2 of the upper tail of the
 * negative binomial with that mean and variance, less what chance is allowed. Never falls as the count grows.
 */
export function surpriseAbove(count: number, predicted: Prediction): number {
  if (count <= 0) return 0;
  const tail = Math.exp(logTailAbove(count, predicted));
  // A change of regime reaches a multiple k of the expected with probability about 1 / k.
  const regime = REGIME / (1 + count / (1 + predicted.mean));
  return beyondChance(tail * (1 - REGIME) + regime);
}

/** Most bits of a tail: beyond lies only how well the spread is known. */
const MOST_TAIL = 60;

/**
 * Bits of chance alone giving `count` or more: -log2 of the same tail, with no change of regime in it and nothing allowed. It
 * is what a rate of false alarms is held against: a regime that changes is no false alarm.
 */
export function tailBits(count: number, predicted: Prediction): number {
  return count <= 0 ? 0 : Math.min(MOST_TAIL, Math.max(0, -logTailAbove(count, predicted) / Math.LN2));
}

/** Bits of surprise in seeing `count` or fewer. Never falls as the count falls. */
export function surpriseBelow(count: number, predicted: Prediction): number {
  const tail = Math.exp(logTailBelow(count, predicted));
  return beyondChance(tail * (1 - REGIME) + REGIME);
}

/** Most bits of a two-sided surprise. */
const MOST = 20;

/** Bits of surprise in a count that is too large or too small: of the volume of a group, which no change of regime excuses. */
export function scoreSurprise(count: number, predicted: Prediction): number {
  const log = count > predicted.mean ? logTailAbove(count, predicted) : logTailBelow(count, predicted);
  return Math.min(MOST, Math.max(0, -log / Math.LN2 - CHANCE));
}

function beyondChance(probability: number): number {
  return Math.max(0, -Math.log2(Math.min(1, probability)) - CHANCE);
}

/** ln P(X >= count) for a negative binomial given by mean and variance. */
function logTailAbove(count: number, { mean, variance }: Prediction): number {
  const { size, success } = shape(mean, variance);
  return logBeta(1 - success, count, size);
}

/** ln P(X <= count). */
function logTailBelow(count: number, { mean, variance }: Prediction): number {
  const { size, success } = shape(mean, variance);
  return logBeta(success, size, count + 1);
}

/** Size r and success probability p of the negative binomial: mean r(1-p)/p, variance mean/p. */
function shape(mean: number, variance: number): { size: number; success: number } {
  const wide = Math.max(variance, mean * (1 + 1e-6));
  return { size: (mean * mean) / (wide - mean), success: mean / wide };
}
