import { notNegative, requireFinite } from './requireFinite.ts';

export interface SpikeInput {
  /** Values in time order, 0 or more each; the last is judged against those before it. At least two. */
  series: readonly number[];
  /** How many times the baseline is still usual; greater than 1; 1.5 unless given. */
  spikeMultiplier?: number | undefined;
  /** The baseline counts as at least this, so that 3 after a mean of 0.1 need not be a spike; 0 unless given. */
  minBaseline?: number | undefined;
}

/** The verdict beside the numbers it was reached from, so that a log line explains itself. */
export interface SpikeCheck {
  readonly series: readonly number[];
  readonly spikeMultiplier: number;
  readonly minBaseline: number;
  /** The value that was judged. */
  readonly last: number;
  /** Mean of all but the last, summed left to right in double precision. */
  readonly baselineMean: number;
  /** `max(baselineMean, minBaseline) * spikeMultiplier` */
  readonly threshold: number;
  /** `last > threshold`: a value at the threshold is still usual. */
  readonly isSpike: boolean;
}

const aboveOne = { holds: (n: number) => n > 1, words: 'greater than 1' };

/**
 * Judges the last value of a series against the mean of those before it.
 *
 * Throws a RangeError that names the parameter: fewer than two points, a negative or non-finite point (`series[3]`),
 * `spikeMultiplier` not above 1, `minBaseline` below 0, or either not a finite number.
 */
export function checkAnomalySpike({ series, spikeMultiplier = 1.5, minBaseline = 0 }: SpikeInput): SpikeCheck {
  if (!Array.isArray(series)) throw new RangeError('series must be an array of numbers');
  if (series.length < 2) throw new RangeError(`series must have at least 2 points, got ${series.length}`);
  requireFinite('spikeMultiplier', spikeMultiplier, aboveOne);
  requireFinite('minBaseline', minBaseline, notNegative);
  const before = series.length - 1;
  let sum = 0;
  for (let i = 0; i < before; i += 1) sum += readPoint(series, i);
  const last = readPoint(series, before);
  const baselineMean = sum / before;
  const threshold = Math.max(baselineMean, minBaseline) * spikeMultiplier;
  return Object.freeze({
    // a copy: the caller may go on using its buffer, the result must not change under a log line
    series: Object.freeze([...series]),
    spikeMultiplier,
    minBaseline,
    last,
    baselineMean,
    threshold,
    isSpike: last > threshold,
  });
}

/** A point that may be used. Its name is only put together for the error: this runs for every point of every window. */
function readPoint(series: readonly unknown[], i: number): number {
  const value = series[i];
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  return requireFinite(`series[${i}]`, value, notNegative);
}
