const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Lengths people think in, milliseconds. */
const usual = [15_000, minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 6 * hour, 12 * hour, day, 7 * day, 30 * day];
/** A trend has twelve cells: that many windows fill it. */
const cells = 12;
/** Longer input has about so many windows: what happened in the last fiftieth of it is a window of its own. */
const mostWindows = 50;
/** Up to this length a window is a twelfth of the input. */
const shortWindow = 15 * minute;

/** Live input, and input without a time. */
export const liveWindow = 5 * minute;

/**
 * A window that cuts finite input so that its last one has something to be compared with: into about twelve, and where
 * that makes windows longer than a quarter of an hour, into about fifty.
 * @param first the first and `last` the last time of the input, milliseconds; null without any
 */
export function chooseWindow(first: number | null, last: number | null): number {
  if (first === null || last === null) return liveWindow;
  const wanted = Math.max(Math.min((last - first) / cells, shortWindow), (last - first) / mostWindows);
  return usual.find((length) => length >= wanted) ?? usual.at(-1)!;
}

/** How many windows of that length touch the input. */
export const countWindows = (first: number, last: number, length: number): number =>
  Math.floor(last / length) - Math.floor(first / length) + 1;
