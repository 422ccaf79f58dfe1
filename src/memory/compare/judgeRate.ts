import { predictByShare, type Traffic } from '../judge/share.ts';
import { predict, startRate, updateRate, type Prediction } from '../rates/rates.ts';
import { surpriseAbove, surpriseBelow } from '../rates/surprise.ts';
import { countWindows, type Bins } from './bins.ts';

/** Windows the time before is cut into, as far as it is as long: so many tell how much counts scatter. */
const LEAST_WINDOWS = 8;
const MOST_WINDOWS = 64;

/** A length of event time that was watched, milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

export const lengthIn = ({ from, to }: Stretch): number => Math.max(1000, to - from);

/** How many windows about as long as the time after there are in the time before. */
export const windowsIn = (before: Stretch, after: Stretch): number =>
  Math.min(MOST_WINDOWS, Math.max(LEAST_WINDOWS, Math.round(lengthIn(before) / lengthIn(after))));

/** What the time before lets expect in the time after: the rate, and how much it scatters. */
export function predictAfter(bins: Bins, before: Stretch, after: Stretch): Prediction {
  const windows = windowsIn(before, after);
  const rate = startRate(0);
  for (const count of countWindows(bins, before.from, before.to, windows)) updateRate(rate, count, 1, 1);
  return predict(rate, (lengthIn(after) / lengthIn(before)) * windows)!;
}

/** Bits against so many or more, and against so few or fewer. */
export interface RateBits {
  above: number;
  below: number;
  /** What counted: time, or the share of the traffic of its group, where that explains more. */
  by: 'time' | 'share';
}

/**
 * Bits of a count beside what is expected of it, judged twice: against time, and against what the others of its group do.
 * What rises and is as grave as an error is never excused by the traffic.
 */
export function judgeRate(count: number, expected: Prediction, traffic: Traffic, isGrave: boolean): RateBits {
  const bits = (of: Prediction) => ({
    above: count > of.mean ? surpriseAbove(count, of) : 0,
    below: count < of.mean ? surpriseBelow(count, of) : 0,
  });
  const byTime = bits(expected);
  const share = isGrave && count > expected.mean ? null : predictByShare(expected, count, traffic);
  if (share === null) return { ...byTime, by: 'time' };
  const byShare = bits(share);
  const isLess = byShare.above < byTime.above || byShare.below < byTime.below;
  return { above: Math.min(byTime.above, byShare.above), below: Math.min(byTime.below, byShare.below), by: isLess ? 'share' : 'time' };
}
