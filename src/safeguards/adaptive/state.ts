import { Baseline, type BaselineSpec, type BaselineState } from './baseline.ts';
import { startRun, type Run } from './stuck.ts';
import { View, type ViewState } from './view.ts';

const day = 86_400;
const week = 7 * day;

/** What is usual at the same time of day, and of the week. */
export const seasons: readonly BaselineSpec[] = [
  { name: 'time of day', period: day, slot: 3600, rate: 0.05 },
  { name: 'week', period: week, slot: 3600, rate: 0.05 },
];

/** What one series has taught. Working state: `saveState` and `loadState` turn it into JSON and back. */
export interface AdaptiveState {
  points: number;
  /** Points left in which no alarm is raised. */
  quiet: number;
  /** The plain mean. */
  plain: number;
  run: Run;
  seasons: Baseline[];
  /** The value as it is, and less what is usual in each season. */
  views: View[];
}

/** The JSON form of `AdaptiveState`: at most about 3,900 numbers, whatever the length of the series. */
export interface SavedAdaptive {
  points: number;
  quiet: number;
  plain: number;
  run: Run;
  seasons: BaselineState[];
  views: ViewState[];
}

export function saveState({ points, quiet, plain, run, seasons: usual, views }: AdaptiveState): SavedAdaptive {
  return { points, quiet, plain, run: { ...run }, seasons: usual.map((one) => one.save()), views: views.map((view) => view.save()) };
}

/** A state from its JSON form, or a fresh one. `memory` (points) is a setting, not part of what is saved. */
export function loadState(memory: number, saved?: SavedAdaptive): AdaptiveState {
  return {
    points: saved?.points ?? 0,
    quiet: saved?.quiet ?? 0,
    plain: saved?.plain ?? 0,
    run: saved ? { ...saved.run } : startRun(),
    seasons: seasons.map((spec, i) => new Baseline(spec, saved?.seasons[i])),
    views: Array.from({ length: seasons.length + 1 }, (_, i) => new View(memory, saved?.views[i])),
  };
}
