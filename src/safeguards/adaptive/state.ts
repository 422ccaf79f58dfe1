import { Baseline, type BaselineSpec, type BaselineState } from './baseline.ts';
import { Magnitude, type MagnitudeState } from './magnitude.ts';
import { levelScales, Novelty, type NoveltyState, stepScales } from './novelty.ts';

const day = 86_400;
const week = 7 * day;

/** What is usual is asked four times, so that no single notion of "the same time" has to be right. */
export const baselines: readonly BaselineSpec[] = [
  { name: 'time of day, 15m', period: day, slot: 900, rate: 0.05 },
  { name: 'time of day', period: day, slot: 3600, rate: 0.05 },
  { name: 'week', period: week, slot: 3600, rate: 0.05 },
  { name: 'plain', period: 0, slot: 0, rate: 0.1 },
];
/** Places in `baselines` whose residuals are also judged for novelty. */
export const hourOfDay = 1;
export const hourOfWeek = 2;

/** What one series has taught. Working state: `saveState` and `loadState` turn it into JSON and back. */
export interface AdaptiveState {
  points: number;
  /** Points left in which no alarm is raised. */
  quiet: number;
  previous: number;
  baselines: Baseline[];
  sizes: Magnitude[];
  level: Novelty;
  ofDay: Novelty;
  ofWeek: Novelty;
  step: Novelty;
}

/** The JSON form of `AdaptiveState`: at most about 2,800 numbers, whatever the length of the series. */
export interface SavedAdaptive {
  points: number;
  quiet: number;
  previous: number;
  baselines: BaselineState[];
  sizes: MagnitudeState[];
  level: NoveltyState;
  ofDay: NoveltyState;
  ofWeek: NoveltyState;
  step: NoveltyState;
}

export function saveState(state: AdaptiveState): SavedAdaptive {
  return {
    points: state.points,
    quiet: state.quiet,
    previous: state.previous,
    baselines: state.baselines.map((baseline) => baseline.save()),
    sizes: state.sizes.map((size) => size.save()),
    level: state.level.save(),
    ofDay: state.ofDay.save(),
    ofWeek: state.ofWeek.save(),
    step: state.step.save(),
  };
}

/** A state from its JSON form, or a fresh one. `memory` (points) is a setting, not part of what is saved. */
export function loadState(memory: number, saved?: SavedAdaptive): AdaptiveState {
  return {
    points: saved?.points ?? 0,
    quiet: saved?.quiet ?? 0,
    previous: saved?.previous ?? 0,
    baselines: baselines.map((spec, i) => new Baseline(spec, saved?.baselines[i])),
    sizes: baselines.map((_, i) => new Magnitude(memory, saved?.sizes[i])),
    level: new Novelty(memory, levelScales, false, saved?.level),
    ofDay: new Novelty(memory, levelScales, true, saved?.ofDay),
    ofWeek: new Novelty(memory, levelScales, true, saved?.ofWeek),
    step: new Novelty(memory, stepScales, true, saved?.step),
  };
}
