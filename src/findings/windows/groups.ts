import type { LongGaps } from './longGaps.ts';

/** What is known of a group's events and windows. Plain data; times are milliseconds of event time. */
export interface Group {
  /** Last event, and the events and first event that the usual gap comes from. */
  last: number;
  events: number;
  first: number;
  /** Ends of the first and last window with data, and how many there were. */
  firstWindow: number;
  lastWindow: number;
  windows: number;
  /** Of one that came while others were watched: until when nobody knows its hours. Absent of all others. */
  strangeUntil?: number;
  /** The longest gaps between its events; absent while none was counted. */
  long?: LongGaps;
  /** Such a one said as it came that it was starting, and has said nothing of the kind since. */
  introduced?: boolean;
}

/** Events after which the older half of the past is forgotten. */
const remembered = 2048;
/** Gaps that must have been seen before one can be called usual. */
const leastGaps = 3;
/** Windows after which it is known whether a group has data in most of them. */
const leastWindows = 6;
/** Share of the windows that must have data: a group that is silent in one of four says nothing by it. */
const mostWindows = 0.8;

export const startGroup = (): Group => ({ last: Number.MIN_SAFE_INTEGER, events: 0, first: 0, firstWindow: 0, lastWindow: 0, windows: 0 });

/** The group of that name, remembered from now on. Of more than `most`, the tenth that had no data for longest is forgotten. */
export function groupIn(groups: Map<string, Group>, name: string, most: number): Group {
  let group = groups.get(name);
  if (group) return group;
  if (groups.size >= most) {
    const oldest = [...groups].sort(([, a], [, b]) => a.lastWindow - b.lastWindow);
    for (const [old] of oldest.slice(0, Math.ceil(most / 10))) groups.delete(old);
  }
  groups.set(name, (group = startGroup()));
  return group;
}

/** Counts an event. One that is out of order counts, and moves nothing. */
export function countEvent(group: Group, time: number): void {
  if (group.events === 0) group.first = time;
  group.events += 1;
  if (time > group.last) group.last = time;
  if (group.events < remembered) return;
  group.events /= 2;
  group.first = (group.first + group.last) / 2;
}

/** Mean time between two events of a group, milliseconds; null while too few were seen. */
export function usualGap({ events, first, last }: Group): number | null {
  return events > leastGaps && last > first ? (last - first) / (events - 1) : null;
}

/** Counts a window that ends at `end` and had data. */
export function hadData(group: Group, end: number, width: number): void {
  if (group.windows > 0 && end <= group.lastWindow) return;
  if (group.windows === 0) group.firstWindow = end;
  group.windows += 1;
  group.lastWindow = end;
  const span = (end - group.firstWindow) / width + 1;
  if (span < remembered) return;
  group.windows /= 2;
  group.firstWindow = (group.firstWindow + group.lastWindow) / 2;
}

/** Whether a group has data in most of its windows, as far as windows of it are known. */
export const isRegular = ({ windows, firstWindow, lastWindow }: Group, width: number): boolean => {
  const span = (lastWindow - firstWindow) / width + 1;
  return span >= leastWindows && windows / span >= mostWindows;
};

/**
 * Whether a group without data in the window that ends at `end` is one that usually has some. Of such a group nothing is
 * known while it is silent; for one that sends now and then, silence is how calm sounds.
 */
export const isBlind = (group: Group, end: number, width: number): boolean => group.lastWindow < end && isRegular(group, width);
