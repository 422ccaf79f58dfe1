import type { Prediction } from './rates.ts';
import { surpriseAbove, tailBits } from './surprise.ts';

const MINUTE = 60_000;
/** Lengths of time over which a burst is looked for. */
const spans = [MINUTE, 5 * MINUTE, 60 * MINUTE];

export interface Burst {
  bits: number;
  /** Most bits of chance alone giving as many in any of the spans, and how many spans were looked at. */
  tail: number;
  looks: number;
  /** Events in the span that stands out most. */
  count: number;
  minutes: number;
  expected: number;
}

type OneSpan = Omit<Burst, 'looks'>;

export interface BurstInput {
  windowMs: number;
  /** Most events in one minute of the window. */
  peak: number;
  /** Counts a window, oldest first; the last is this window's. */
  trend: readonly number[];
  predicted: Prediction;
}

/**
 * The span that stands out most over 1 m, 5 m and 1 h. Spans shorter than the window are judged by the fullest
 * minute, less the bits of having picked one of many; longer ones by the windows they cover.
 */
export function scoreBurst({ windowMs, peak, trend, predicted }: BurstInput): Burst | null {
  let best: OneSpan | null = null;
  // The bits of a score end where a regime may change: the tail of another span may say more.
  let tail = 0;
  let looks = 0;
  for (const span of spans) {
    const burst = span < windowMs ? within(span, windowMs, peak, predicted) : across(span, windowMs, trend, predicted);
    if (burst) looks += 1;
    tail = Math.max(tail, burst?.tail ?? 0);
    if (burst && (!best || burst.bits > best.bits)) best = burst;
  }
  return best && { ...best, tail, looks };
}

function within(span: number, windowMs: number, peak: number, predicted: Prediction): OneSpan | null {
  if (span !== MINUTE) return null;
  const share = span / windowMs;
  const picked = Math.log2(1 / share);
  const [bits, tail] = [surpriseAbove, tailBits].map((measure) => Math.max(0, measure(peak, scaled(predicted, share)) - picked));
  return { bits: bits!, tail: tail!, count: peak, minutes: 1, expected: predicted.mean * share };
}

function across(span: number, windowMs: number, trend: readonly number[], predicted: Prediction): OneSpan | null {
  const windows = Math.round(span / windowMs);
  if (windows < 2 || windows > trend.length) return null;
  let count = 0;
  for (const n of trend.slice(-windows)) count += n;
  const expected = scaled(predicted, windows);
  return {
    bits: surpriseAbove(count, expected),
    tail: tailBits(count, expected),
    count,
    minutes: span / MINUTE,
    expected: expected.mean,
  };
}

/** The prediction for `factor` windows: Poisson noise grows with the mean, what is not known of the rate with its square. */
function scaled({ mean, variance }: Prediction, factor: number): Prediction {
  const beyond = Math.max(0, variance - mean);
  return { mean: mean * factor, variance: mean * factor + beyond * factor * factor };
}
