import { fromSaved, toSaved } from '../base/saved.ts';
import type { Json } from '../event.ts';
import type { PartialWindow } from './judge/partialBlips.ts';
import type { SavedPattern } from './patterns/pattern.ts';
import { rescaleRate } from './rates/rescaleRate.ts';
import type { Volume } from './rates/volume.ts';
import type { SavedGroup } from './savedGroup.ts';
import type { SavedSeries } from './series/groupSeries.ts';

/** Windows for which what was changed counts as not yet learned. */
export const LEARNING_WINDOWS = 12;
/** Windows before the first new one in which what is known was founded: long enough not to be news in it. */
const NO_NEWS = 3;

interface Change {
  /** Lengths of the windows, milliseconds. */
  from: number;
  to: number;
  /** Event time at which they change, milliseconds. */
  now: number;
}

/**
 * A group's saved memory in windows of another length. Templates, topics, weights, exemplars and gaps stay as they are; of
 * the rates the last hour counts, per window of the new length. Windows that are open end here: they are neither judged
 * nor learned. The first new one is known from here on only, and twelve windows count as learning.
 */
export function rewindowGroup(group: SavedGroup, { from, to, now }: Change): SavedGroup {
  const closed = Math.floor(now / to) - 1;
  const ratio = to / from;
  const rescale = (rate: SavedPattern['rate']) => rescaleRate(rate, { from, to });
  const index = (window: number) =>
    window <= Number.MIN_SAFE_INTEGER ? window : Math.min(closed + 1 - NO_NEWS, Math.floor((window * from) / to));
  const saved = fromSaved<{ patterns: SavedPattern[] }>(group.patterns);
  const patterns = saved.patterns.map((pattern): SavedPattern => {
    const { rate, foundedIn, returnedIn, missedIn, newPerWindow } = pattern;
    return {
      ...pattern,
      rate: rescale(rate),
      foundedIn: index(foundedIn),
      returnedIn: returnedIn === null ? null : index(returnedIn),
      ...(missedIn !== undefined && { missedIn: Math.floor((missedIn * from) / to) }),
      newPerWindow: newPerWindow * ratio,
      window: closed,
      trend: [],
    };
  });
  const { baseline } = group;
  const { novelty } = baseline;
  return {
    ...group,
    patterns: toSaved({ ...saved, patterns, active: [] }),
    windows: [],
    partial: [...(group.partial ?? []), ...partialWindows(group.windows, from, now)],
    ...(group.series && { series: group.series.map((one) => withoutOpen(one, from / to)) }),
    closed,
    early: null,
    baseline: {
      ...baseline,
      exposure: baseline.exposure / ratio,
      novelty: { ...novelty, windows: novelty.windows / ratio },
      traffic: rescale(baseline.traffic),
      volume: rescaleVolume(baseline.volume, rescale(baseline.volume.mean), ratio),
      toTell: 0,
      trend: [],
    },
    changed: { at: now, until: closed + LEARNING_WINDOWS + 1 },
  };
}

/** Levels are events a window; what was odd was so in windows of before. */
function rescaleVolume(volume: Volume, mean: Volume['mean'], ratio: number): Volume {
  const slots = (all: Volume['daily']) => all.map(([level, seen]): [number, number] => [level * ratio, seen]);
  const { level, daily, weekly } = volume;
  return { ...volume, level: level === null ? null : level * ratio, mean, daily: slots(daily), weekly: slots(weekly), odd: 0 };
}

/** What numbers have been stays; of the windows that were open nothing does. */
function withoutOpen([id, seen, series]: SavedSeries[number], scale: number): SavedSeries[number] {
  const slots = series.slots.map(([slot, one]): (typeof series.slots)[number] => [slot, one, []]);
  const mix = series.mix && { ...series.mix, open: [], recent: [] };
  return [id, Math.floor(seen * scale), { ...series, window: -1, lines: 0, slots, mix }];
}

/** What had come in the windows that were open. */
function partialWindows(windows: Json, windowMs: number, now: number): PartialWindow[] {
  const open = fromSaved<{ index: number; cells: [string, { count: number; level: number }][] }[]>(windows);
  const some = open.filter(({ cells }) => cells.length > 0);
  return some.map(({ index, cells }) => ({
    start: index * windowMs,
    end: Math.max(index * windowMs + 1, Math.min(now, (index + 1) * windowMs)),
    cells: cells.map(([id, { count, level }]) => [id, count, level]),
  }));
}
