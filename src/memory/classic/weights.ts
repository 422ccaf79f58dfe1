/** Milliseconds of one period of the weight: a day of event time. */
export const DAY = 86_400_000;

/**
 * The weight of one topic as a fold over its events, period by period. Plain data.
 * It depends on when events came and on nothing else: newer scores never feed it.
 */
export interface WeightFold {
  /** 0 to 1, as of the last closed period. */
  weight: number;
  /** Index of the period that is open. */
  period: number;
  /** Index of the founding period: it moves no weight. */
  founded: number;
  /** Events in the open period. */
  n: number;
  /** Index of the last period with an event. */
  seen: number;
}

const FOUNDING = 0.5;
/** A period with ten events or more counts in full. */
const GAIN = 0.1;
const FULL = 10;
/** An absence of a week or more counts in full. */
const LOSS = 0.05;
const WEEK = 7;

/** Index of the period that holds a time; periods are aligned to 1970 in UTC. */
export function findPeriod(time: number, periodMs: number): number {
  return Math.floor(time / periodMs);
}

/** A topic is founded: weight one half until its founding period has passed. */
export function startWeight(period: number): WeightFold {
  return { weight: FOUNDING, period, founded: period, n: 0, seen: period };
}

/**
 * Closes every period before `period`. One with n > 0 events adds 0.1 * min(n / 10, 1), one with none takes
 * 0.05 * min(days / 7, 1), days being the whole days since the period the topic was last seen in.
 */
export function closePeriods(fold: WeightFold, period: number, periodMs: number): void {
  while (fold.period < period) {
    if (fold.period > fold.founded) {
      if (fold.n > 0) {
        fold.weight = Math.min(1, fold.weight + GAIN * Math.min(fold.n / FULL, 1));
      } else {
        const days = Math.floor(((fold.period - fold.seen) * periodMs) / DAY);
        fold.weight = Math.max(0, fold.weight - LOSS * Math.min(days / WEEK, 1));
      }
    }
    fold.n = 0;
    fold.period += 1;
    // Nothing is left to lose: years of absence cost nothing more to close.
    if (fold.weight === 0 && fold.period > fold.seen + 1) fold.period = period;
  }
}

/** Counts one event. An event of a period that is closed already counts in the open one. */
export function addToWeight(fold: WeightFold, time: number, periodMs: number): void {
  const period = findPeriod(time, periodMs);
  if (period > fold.period) closePeriods(fold, period, periodMs);
  fold.n += 1;
  fold.seen = fold.period;
}

export type Tier = 'hot' | 'warm' | 'cold';

/** hot from 0.7, warm from 0.3, else cold. */
export function findTier(weight: number): Tier {
  if (weight >= 0.7) return 'hot';
  return weight >= 0.3 ? 'warm' : 'cold';
}

/** Below 0.1 a topic is forgotten but for a tombstone, so that its return differs from a first sight. */
export function isPruned(weight: number): boolean {
  return weight < 0.1;
}
