import { judge } from './adaptive/judge.ts';
import { type AdaptiveState, loadState, type SavedAdaptive, saveState } from './adaptive/state.ts';
import { type ZoneOffset, zoneOffset } from './adaptive/zoneOffset.ts';
import type { DetectorResult } from './detectorResult.ts';
import { notNegative, positive, requireFinite } from './requireFinite.ts';

export type { AdaptiveState, SavedAdaptive } from './adaptive/state.ts';

/** What an option is that is not given. */
export const adaptiveDefaults = { threshold: 0.38, quiet: 26, warmup: 100, memory: 10_000, zone: 'UTC' } as const;

export interface AdaptiveOptions {
  /** Score from which it fires; 0.38 unless given. Higher is calmer. */
  threshold?: number | undefined;
  /** Points after an alarm in which no other is raised: it is the onset that is reported, not the shapes it leaves behind for as many points as the longest of them; 26 unless given. */
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

/** Distances are roots of sums of squares; beyond this the squares could leave the doubles. */
const within = { holds: (n: number) => Math.abs(n) <= 1e150, words: 'between -1e150 and 1e150' };

/**
 * The default spike detector: online, unsupervised, up and down, one pass, O(1) a point, bounded memory.
 *
 * It asks one question, eighteen times: how far is this from anything seen before? Of the value as it is, less what is
 * usual at this hour of the day, and of the week; of its level at two scales of time, and of four short shapes (the left
 * discord of Yeh et al., Matrix Profile I, 2016, with bounded memory). Each distance becomes -log10 of a tail probability;
 * the score is the square of the weighted mean of their roots. There is no forecast and no test of size: a nightly backup
 * is known after some nights, however large, and growth is no news. Everything is read before it learns, so a score
 * depends on the past only and never changes when more data arrives.
 *
 * What it reaches, and where it is weak, is in docs/spikes.md; `npm run eval:spikes -- FOLDER --gates` measures it.
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
      requirePoint(time_ms, value);
      const judgement = judge(state, (time_ms + offset(time_ms)) / 1000, value);
      const learned_points = state.points;
      const warm = learned_points >= warmup;
      const fires = warm && state.quiet === 0 && judgement.score >= threshold;
      state.quiet = fires ? quiet : Math.max(0, state.quiet - 1);
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

/** Throws a RangeError that names what of a point cannot be used. */
export function requirePoint(time_ms: number, value: number): void {
  requireFinite('time_ms', time_ms);
  requireFinite('value', value, within);
}

function check({
  threshold = adaptiveDefaults.threshold,
  quiet = adaptiveDefaults.quiet,
  warmup = adaptiveDefaults.warmup,
  memory = adaptiveDefaults.memory,
  zone = adaptiveDefaults.zone,
}: AdaptiveOptions) {
  return {
    threshold: requireFinite('threshold', threshold, positive),
    quiet: requireFinite('quiet', quiet, notNegative),
    warmup: requireFinite('warmup', warmup, notNegative),
    memory: requireFinite('memory', memory, { holds: (n) => n >= 100, words: '100 or more' }),
    offset: typeof zone === 'string' ? zoneOffset(zone) : zone,
  };
}
