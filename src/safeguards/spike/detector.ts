import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { createAdaptive, type AdaptiveOptions, type AdaptiveState, type SavedAdaptive } from '../adaptiveDetector.ts';
import type { DetectorResult } from '../detectorResult.ts';
import { createRatio, type RatioOptions, type RatioState } from '../ratioDetector.ts';

/** One of the two detectors, with what the operator needs of it. `State` is the detector's own. */
export interface Judge<State = unknown> {
  name: 'adaptive' | 'ratio';
  start(): State;
  score(state: State, time: number, value: number): DetectorResult;
  /** Whether a point is calm again: below the threshold by the hysteresis (a share of it). */
  isClear(result: DetectorResult): boolean;
  save(state: State): Json;
  load(json: Json): State;
}

export type JudgeOptions = AdaptiveOptions & RatioOptions & { detector: 'adaptive' | 'ratio'; hysteresis: number };

/** The detector that the options name. Throws a RangeError that names the option that is out of range. */
export function makeJudge({ detector, hysteresis, ...options }: JudgeOptions): Judge {
  return (detector === 'adaptive' ? adaptive(options, hysteresis) : ratio(options)) as Judge;
}

function adaptive(options: AdaptiveOptions, hysteresis: number): Judge<AdaptiveState> {
  const machine = createAdaptive(options);
  return {
    name: 'adaptive',
    start: () => machine.start(),
    score: (state, time, value) => machine.score(state, time, value),
    isClear: ({ score, threshold }) => score < threshold * hysteresis,
    save: (state) => toSaved(machine.save(state)),
    // What another version had learned is learned anew.
    load: (json) => (json === null ? machine.start() : machine.load(fromSaved<SavedAdaptive>(json))),
  };
}

function ratio(options: RatioOptions): Judge<RatioState> {
  const machine = createRatio(options);
  return {
    name: 'ratio',
    start: () => machine.start(),
    score: (state, time, value) => machine.score(state, time, value),
    // Its score is the value itself: calm is what the function calls no spike.
    isClear: ({ score, threshold }) => score <= threshold,
    save: toSaved,
    load: (json) => (json === null ? machine.start() : fromSaved<RatioState>(json)),
  };
}
