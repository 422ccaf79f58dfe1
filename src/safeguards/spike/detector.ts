import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { AdaptiveOptions } from '../adaptiveDetector.ts';
import type { DetectorResult } from '../detectorResult.ts';
import { createRatio, type RatioOptions, type RatioState } from '../ratioDetector.ts';
import { createYoung, type YoungSeries } from './youngSeries.ts';

/** One of the two detectors, with what the operator needs of it. `State` is the detector's own. */
export interface Judge<State = unknown> {
  name: 'adaptive' | 'ratio';
  start(): State;
  /** Judges a point, then learns it; null where it cannot fire, and what it scores is not `wanted`. */
  score(state: State, time: number, value: number, wanted: boolean): DetectorResult | null;
  /** Whether a point is calm again: below the threshold by the hysteresis (a share of it). */
  isClear(result: DetectorResult): boolean;
  /** About how many bytes the state holds; it follows from the state alone. */
  bytes(state: State): number;
  save(state: State): Json;
  load(json: Json): State;
}

export type JudgeOptions = AdaptiveOptions & RatioOptions & { detector: 'adaptive' | 'ratio'; hysteresis: number };

/** About what the ratio detector holds of a series beside its values, bytes. */
const ratioBytes = 200;

/** The detector that the options name. Throws a RangeError that names the option that is out of range. */
export function makeJudge({ detector, hysteresis, ...options }: JudgeOptions): Judge {
  return (detector === 'adaptive' ? adaptive(options, hysteresis) : ratio(options)) as Judge;
}

function adaptive(options: AdaptiveOptions, hysteresis: number): Judge<YoungSeries> {
  return { name: 'adaptive', ...createYoung(options), isClear: ({ score, threshold }) => score < threshold * hysteresis };
}

function ratio(options: RatioOptions): Judge<RatioState> {
  const machine = createRatio(options);
  return {
    name: 'ratio',
    start: () => machine.start(),
    score: (state, time, value) => machine.score(state, time, value),
    // Its score is the value itself: calm is what the function calls no spike.
    isClear: ({ score, threshold }) => score <= threshold,
    bytes: ({ values }) => ratioBytes + 8 * values.length,
    save: toSaved,
    load: (json) => (json === null ? machine.start() : fromSaved<RatioState>(json)),
  };
}
