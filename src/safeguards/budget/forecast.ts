import { normalCdf, z80 } from './normal.ts';

/** A bucket of past spend: what was spent, and the share of the bucket that was observed, (0, 1]. */
export interface Bucket {
  spent: number;
  coverage: number;
}

export interface ForecastInput {
  /** Oldest first; units of the currency. */
  buckets: readonly Bucket[];
  /** Spent in the period so far. */
  spent: number;
  /** Buckets from now to the end of the period; need not be whole. */
  remaining: number;
  limit: number;
}

export interface Forecast {
  /** Spend at the end of the period at the recent pace. */
  expected: number;
  /** The middle 80 %. */
  low: number;
  high: number;
  /** Probability that the period ends at or above the limit. */
  pBreach: number;
  /** The end of the period were the rest spent at the median pace; null below three buckets. */
  ifNormal: number | null;
  confidence: 'low' | 'normal';
  /** Fully observed buckets it rests on. */
  buckets: number;
}

/** A bucket loses half its weight in three newer ones: a month follows a change of pace within the week. */
const halfLife = 3;
const leastCoverage = 0.25;
/** From here on a bucket counts as one: the newest is laid back from now and may lack up to a quarter. */
const nearlyFull = 0.75;
/** Relative standard deviation taken for granted while there are too few buckets to estimate one. */
const guessedSpread = 1;

interface Pace {
  mean: number;
  variance: number;
  /** Kish's effective number of buckets, (sum w)^2 / sum w^2. */
  effective: number;
}

/** Weighted mean and unbiased variance of the pace, in units a bucket. */
function measurePace(buckets: readonly Bucket[]): Pace {
  let sum = 0;
  let squares = 0;
  let total = 0;
  const weights = buckets.map(({ coverage }, i) => coverage * 2 ** (-(buckets.length - 1 - i) / halfLife));
  buckets.forEach(({ spent, coverage }, i) => {
    sum += weights[i]!;
    squares += weights[i]! ** 2;
    total += (weights[i]! * spent) / coverage;
  });
  if (sum === 0) return { mean: 0, variance: 0, effective: 0 };
  const mean = total / sum;
  const effective = sum ** 2 / squares;
  let spread = 0;
  buckets.forEach(({ spent, coverage }, i) => (spread += (weights[i]! * (spent / coverage - mean) ** 2) / sum));
  return { mean, variance: effective > 1 ? (spread * effective) / (effective - 1) : 0, effective };
}

/**
 * Where a period's spend will end if the recent pace goes on.
 *
 * The rest of the period is R buckets at mean m with variance s^2, of which m itself is known from n_eff buckets only:
 * Var = R s^2 + R^2 s^2 / n_eff, widened by (n_eff + 1) / (n_eff - 1) for s^2 being an estimate too. The rest is taken
 * for log-normal with mean m R (spend is positive and skewed), or for normal where credits make m R zero or less.
 * Simulated months of independent days: the 80 % interval held 65 to 83 % of the ends, and pBreach lay above what came
 * about by up to .13 (from twelve days on; .2 after four). Where each day resembles the last (correlation .6) the
 * interval held only half. Rhythms of the week are not modelled.
 */
export function forecast({ buckets, spent, remaining, limit }: ForecastInput): Forecast {
  const usable = buckets.filter(({ coverage }) => coverage >= leastCoverage);
  const full = usable.filter(({ coverage }) => coverage >= nearlyFull);
  const { mean, variance, effective } = measurePace(usable);
  const low = full.length < 3;
  const widened = low || effective <= 1 ? (guessedSpread * mean) ** 2 : (variance * (effective + 1)) / (effective - 1);
  const rest = mean * remaining;
  const deviation = Math.sqrt(widened * (remaining + remaining ** 2 / Math.max(1, effective)));
  return {
    expected: spent + rest,
    ...computeSpread(spent, rest, deviation, limit),
    ifNormal: low ? null : spent + findMedian(full.map((bucket) => bucket.spent / bucket.coverage)) * remaining,
    confidence: low ? 'low' : 'normal',
    buckets: full.length,
  };
}

function computeSpread(spent: number, rest: number, deviation: number, limit: number): Pick<Forecast, 'low' | 'high' | 'pBreach'> {
  const left = limit - spent;
  if (deviation === 0) return { low: spent + rest, high: spent + rest, pBreach: rest >= left ? 1 : 0 };
  if (rest <= 0) {
    const half = z80 * deviation;
    return { low: spent + rest - half, high: spent + rest + half, pBreach: 1 - normalCdf((left - rest) / deviation) };
  }
  const sigma = Math.sqrt(Math.log1p((deviation / rest) ** 2));
  const middle = rest * Math.exp(-(sigma ** 2) / 2);
  const factor = Math.exp(z80 * sigma);
  const pBreach = left <= 0 ? 1 : normalCdf(Math.log(middle / left) / sigma);
  return { low: spent + middle / factor, high: spent + middle * factor, pBreach };
}

function findMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
