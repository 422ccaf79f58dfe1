import { checkAnomalySpike, type SpikeCheck } from './checkAnomalySpike.ts';
import type { DetectorResult } from './detectorResult.ts';
import { notNegative, requireFinite } from './requireFinite.ts';

export interface RatioOptions {
  /** Buckets before the judged one that make the baseline; 24 unless given. */
  window?: number | undefined;
  /** How many times the baseline is still usual; greater than 1; 1.5 unless given. */
  spikeMultiplier?: number | undefined;
  /** The baseline counts as at least this; 0 unless given. */
  minBaseline?: number | undefined;
  /** Points after an alarm in which no other is raised; 30 unless given. */
  quiet?: number | undefined;
}

/** What is kept of a series: plain JSON. */
export interface RatioState {
  /** The last values, oldest first, at most `window` + 1. */
  values: number[];
  points: number;
  /** Points left in which no alarm is raised. */
  quiet: number;
  /** Windows that could not be judged. */
  skipped: number;
}

export interface RatioResult extends DetectorResult {
  /** The full verdict of `checkAnomalySpike`; null when there were too few points or the window was skipped. */
  check: SpikeCheck | null;
  /** Windows that could not be judged so far, this one included. */
  skipped: number;
}

/** A detector over plain JSON state: one object serves any number of series, each with a state of its own. */
export interface RatioDetector {
  start(): RatioState;
  /**
   * Judges a value by the mean of the window before it, then learns it. Score and threshold are in the value's unit,
   * and it fires where the score lies above the threshold.
   *
   * Throws a RangeError, with the state unchanged, when the time or the value is not a finite number.
   */
  score(state: RatioState, time_ms: number, value: number): RatioResult;
}

/**
 * The plain spike detector: `checkAnomalySpike` over a sliding window of buckets, upward only.
 *
 * A window with a negative value has no mean that a multiple of could be usual: it is skipped and counted, never
 * judged by part of its values.
 *
 * Throws a RangeError that names the option when one is not a finite number or out of range.
 */
export function createRatio(options: RatioOptions = {}): RatioDetector {
  const { window = 24, spikeMultiplier = 1.5, minBaseline = 0, quiet = 30 } = options;
  requireFinite('window', window, {
    holds: (n) => Number.isInteger(n) && n >= 1 && n <= 10_000,
    words: 'a whole number from 1 to 10,000',
  });
  requireFinite('quiet', quiet, notNegative);
  // asks the function itself whether its two parameters are usable, before any data comes
  checkAnomalySpike({ series: [0, 0], spikeMultiplier, minBaseline });
  return {
    start: () => ({ values: [], points: 0, quiet: 0, skipped: 0 }),
    score(state, time_ms, value) {
      requireFinite('time_ms', time_ms);
      requireFinite('value', value);
      state.values.push(value);
      while (state.values.length > window + 1) state.values.shift();
      const unjudgeable = state.values.some(isNegative);
      if (unjudgeable) state.skipped += 1;
      const check =
        unjudgeable || state.values.length < 2 ? null : checkAnomalySpike({ series: state.values, spikeMultiplier, minBaseline });
      const learned_points = state.points;
      const warm = learned_points >= window;
      const fires = warm && state.quiet === 0 && check !== null && check.isSpike;
      state.quiet = fires ? quiet : Math.max(0, state.quiet - 1);
      state.points += 1;
      const baseline = check?.baselineMean ?? value;
      // one literal: put together from two by a spread, this alone took longer than all the rest
      return {
        score: check === null ? 0 : value,
        threshold: check?.threshold ?? 0,
        direction: value < baseline ? 'down' : 'up',
        baseline,
        contributors: check === null ? [] : [{ name, baseline, residual: value - baseline }],
        top: { baseline: name, scale: 1 },
        fires,
        warm,
        learned_points,
        check,
        skipped: state.skipped,
      };
    },
  };
}

const name = 'mean of window';

const isNegative = (x: number): boolean => x < 0;
