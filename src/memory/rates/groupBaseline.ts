import { closeNoveltyWindow, startNovelty, type NoveltyRate } from './novelty.ts';
import { TREND } from '../patterns/pattern.ts';
import { computeFade, skipWindows, startRate, updateRate, watchedAfter, type Rate } from './rates.ts';
import { startVolume, type Volume } from './volume.ts';
import type { OpenWindow } from '../windows/window.ts';

/** What a group as a whole has been doing: the background its topics are judged against. Plain data. */
export interface GroupBaseline {
  /** Faded number of windows the group was watched. */
  exposure: number;
  /** Faded events by level: index of `levels` plus one, 0 where none was given. */
  levels: number[];
  novelty: NoveltyRate;
  /** All events, as patterns have their rates. */
  traffic: Rate;
  volume: Volume;
  /** Windows in which the volume is still reported. */
  toTell: number;
  /** Events of the last windows, oldest first. */
  trend: number[];
}

export function startBaseline(): GroupBaseline {
  return {
    exposure: 0,
    levels: [0, 0, 0, 0, 0, 0, 0],
    novelty: startNovelty(),
    traffic: startRate(0),
    volume: startVolume(),
    toTell: 0,
    trend: [],
  };
}

/** Folds a closed window of which `exposure` was watched. In the group's first window everything is new. */
export function foldBaseline(baseline: GroupBaseline, window: OpenWindow, exposure: number, isFirst: boolean, halfLife: number): void {
  const fade = computeFade(1, halfLife);
  baseline.exposure = baseline.exposure * fade + exposure;
  updateRate(baseline.traffic, window.events, exposure, fade);
  baseline.trend = [...baseline.trend, window.events].slice(-TREND);
  baseline.levels = baseline.levels.map((n, i) => n * fade + window.levels[i]!);
  if (!isFirst) closeNoveltyWindow(baseline.novelty, window.founded, fade);
}

/** Folds `windows` windows in which the group was silent. */
export function skipBaseline(baseline: GroupBaseline, windows: number, halfLife: number): void {
  const fade = computeFade(windows, halfLife);
  baseline.exposure = watchedAfter(baseline.exposure, windows, halfLife);
  skipWindows(baseline.traffic, windows, halfLife);
  baseline.trend = [...baseline.trend, ...Array<number>(Math.min(TREND, windows)).fill(0)].slice(-TREND);
  baseline.levels = baseline.levels.map((n) => n * fade);
  const { novelty } = baseline;
  novelty.founded *= fade;
  novelty.events *= fade;
  novelty.later *= fade;
  novelty.windows = watchedAfter(novelty.windows, windows, halfLife);
}
