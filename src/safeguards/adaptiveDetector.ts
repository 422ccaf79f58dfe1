import { judge } from './adaptive/judge.ts';
import { type AdaptiveState, loadState, type SavedAdaptive, saveState } from './adaptive/state.ts';
import { type ZoneOffset, zoneOffset } from './adaptive/zoneOffset.ts';
import type { DetectorResult } from './detectorResult.ts';
import { notNegative, positive, requireFinite } from './requireFinite.ts';

export type { AdaptiveState, SavedAdaptive } from './adaptive/state.ts';

export interface AdaptiveOptions {
  /** Score from which it fires; 0.85 unless given. Higher is calmer. */
  threshold?: number | undefined;
  /** Points after an alarm in which no other is raised: it is the onset that is reported; 30 unless given. */
  quiet?: number | undefined;
  /** Points learned before the first alarm; 100 unless given. */
  warmup?: number | undefined;
  /** Points after which what was learned fades: a value of long ago is new again; 10,000 unless given. */
  memory?: number | undefined;
  /** IANA zone, or the offset of local time in milliseconds, by which days and weeks are cut; UTC unless given. */
  zone?: string | ZoneOffset | undefined;
}

/** A detector over plain state: one object serves any number of series, each with a state of its own. */
export interface AdaptiveDetector {
  start(): AdaptiveState;
  /**
   * Judges a value by what came before it, then learns it.
   *
   * @param time_ms event time, milliseconds since 1970; it only chooses the hour of the day and of the week
   * Throws a RangeError, with the state unchanged, when the time or the value is not a finite number, or the value
   * lies beyond 1e150.
   */
  score(state: AdaptiveState, time_ms: number, value: number): DetectorResult;
  save(state: AdaptiveState): SavedAdaptive;
  load(saved: SavedAdaptive): AdaptiveState;
}

/** Residuals are differences of values and are divided by small numbers; beyond this they could leave the doubles. */
const within = { holds: (n: number) => Math.abs(n) <= 1e150, words: 'between -1e150 and 1e150' };

/**
 * The default spike detector: online, unsupervised, up and down, one pass, O(1) a point, bounded memory.
 *
 * Three questions are asked of every point, and the answers, each -log10 of a tail probability, are averaged:
 * how large is the deviation from what is usual (four baselines, five scales of time); how new is the level (as it is,
 * for the hour of the day, for the hour of the week); how new is the step from the point before. Size alone cries at
 * every nightly backup, novelty alone at every odd decimal; a point that is both is worth looking at. Everything is
 * read before it learns, so a score depends on the past only and never changes when more data arrives.
 *
 * Measured by `npm run eval:spikes` on 40 series of the Numenta Anomaly Benchmark, with these defaults for all of
 * them: standard profile 80.6 (low FP 74.2, low FN 84.5), 61 of 66 windows, 81 false alarms in 207,077 points,
 * 3 to 5 microseconds a point. The defaults were chosen on these series. With threshold, quiet time and weights
 * chosen on seven eighths of the series and scored on the rest it is 75.8; expect that of new data, not 80. Averaged
 * over two to twelve points the same series give 73 to 82; with every sixth point alone, 59. Thresholds from 0.775 to
 * 0.975 give 79.9 to 81.6. Where it is weak: a series that only ever grows is at a new level all the time, and is told
 * of about once in two hundred points when it grows by a standard deviation of its noise in a hundred.
 *
 * Throws a RangeError that names the option when one is not a finite number or out of range, or the zone is unknown.
 */
export function createAdaptive(options: AdaptiveOptions = {}): AdaptiveDetector {
  const { threshold, quiet, warmup, memory, offset } = check(options);
  return {
    start: () => loadState(memory),
    load: (saved) => loadState(memory, saved),
    save: saveState,
    score(state, time_ms, value) {
      requireFinite('time_ms', time_ms);
      requireFinite('value', value, within);
      const judgement = judge(state, (time_ms + offset(time_ms)) / 1000, value);
      const learned_points = state.points;
      const warm = learned_points >= warmup;
      const fires = warm && state.quiet === 0 && judgement.score >= threshold;
      state.quiet = fires ? quiet : Math.max(0, state.quiet - 1);
      state.previous = value;
      state.points += 1;
      return {
        score: judgement.score,
        fires,
        direction: judgement.direction,
        baseline: judgement.baseline,
        threshold,
        contributors: judgement.contributors,
        top: judgement.top,
        warm,
        learned_points,
      };
    },
  };
}

function check({ threshold = 0.85, quiet = 30, warmup = 100, memory = 10_000, zone = 'UTC' }: AdaptiveOptions) {
  return {
    threshold: requireFinite('threshold', threshold, positive),
    quiet: requireFinite('quiet', quiet, notNegative),
    warmup: requireFinite('warmup', warmup, notNegative),
    memory: requireFinite('memory', memory, { holds: (n) => n >= 100, words: '100 or more' }),
    offset: typeof zone === 'string' ? zoneOffset(zone) : zone,
  };
}
