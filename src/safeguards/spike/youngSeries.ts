import { isObject } from '../../base/isObject.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import {
  adaptiveDefaults,
  createAdaptive,
  requirePoint,
  type AdaptiveOptions,
  type AdaptiveState,
  type SavedAdaptive,
} from '../adaptiveDetector.ts';
import type { DetectorResult } from '../detectorResult.ts';

/** Points that may wait: beyond, what they teach takes less room than they do. */
const mostWaiting = 256;
/** About what a series holds, bytes: while it is young a little and its points, then all that the detector learns. */
const youngBytes = 300;
const pointBytes = 16;
const grownBytes = 48_000;

/** A series too young to fire is its points, times and values by turns; one that has been judged is what it has learned. */
export type YoungSeries = { points: number[]; learned: null } | { points: null; learned: AdaptiveState };

interface SavedPoints {
  points: number[];
}

/**
 * The adaptive detector for very many series, most of which never live long enough to be judged: as long as a series cannot
 * fire its points are only kept, and are learned at once when the first of them is to be judged. The scores are the same.
 */
export function createYoung(options: AdaptiveOptions) {
  const detector = createAdaptive(options);
  const patience = Math.min(options.warmup ?? adaptiveDefaults.warmup, mostWaiting);
  const learn = (series: YoungSeries): AdaptiveState => {
    if (series.points === null) return series.learned;
    const state = detector.start();
    for (let i = 0; i < series.points.length; i += 2) detector.score(state, series.points[i]!, series.points[i + 1]!);
    Object.assign(series, { points: null, learned: state });
    return state;
  };
  return {
    start: (): YoungSeries => ({ points: [], learned: null }),
    /** Judges a point; null where it cannot fire and its score is not `wanted`. Throws a RangeError as the detector does. */
    score(series: YoungSeries, time: number, value: number, wanted: boolean): DetectorResult | null {
      if (wanted || series.points === null || series.points.length >= 2 * patience) return detector.score(learn(series), time, value);
      requirePoint(time, value);
      series.points.push(time, value);
      return null;
    },
    bytes: ({ points }: YoungSeries): number => (points === null ? grownBytes : youngBytes + (points.length >> 1) * pointBytes),
    save: (series: YoungSeries): Json =>
      series.points === null ? toSaved(detector.save(series.learned)) : toSaved({ points: [...series.points] } satisfies SavedPoints),
    /** What another version had learned is learned anew. */
    load(json: Json): YoungSeries {
      if (json === null) return { points: [], learned: null };
      if (isObject(json) && Array.isArray(json.points)) return { points: [...fromSaved<SavedPoints>(json).points], learned: null };
      return { points: null, learned: detector.load(fromSaved<SavedAdaptive>(json)) };
    },
  };
}
