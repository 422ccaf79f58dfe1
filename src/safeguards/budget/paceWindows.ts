import type { Pico } from './money.ts';
import { addTo, dropBefore, sumOfLast, type Series } from './series.ts';

/**
 * Sums over the windows that end now, kept as time goes on: adding an amount and moving on cost the same whatever the
 * length of a window. What the cursors hold follows from the bins, so only the bins are saved.
 */
export interface PaceWindows {
  bins: Series;
  /** By window length in milliseconds: the sum of all bins from `from` on. */
  cursors: Map<number, { from: number; sum: Pico }>;
}

export const emptyWindows = (bins: Series = new Map()): PaceWindows => ({ bins, cursors: new Map() });

export function addToWindows({ bins, cursors }: PaceWindows, width: number, time: number, pico: Pico): void {
  addTo(bins, width, time, pico);
  const bin = Math.floor(time / width);
  for (const cursor of cursors.values()) if (bin >= cursor.from) cursor.sum += pico;
}

/**
 * What was booked from the first bin that begins in the `length` milliseconds before `now`: exact when they begin at a
 * bin boundary, else up to a bin less, so that a pace is never overstated. What is dated a little ahead of `now` counts.
 */
export function sumOfWindow({ bins, cursors }: PaceWindows, width: number, length: number, now: number): Pico {
  const from = Math.ceil((now - length) / width);
  const cursor = cursors.get(length);
  // A look back does not move the cursor: the stream goes on from where it was.
  if (cursor && from < cursor.from) return sumOfLast(bins, width, length, now);
  if (!cursor || from - cursor.from > bins.size) {
    const sum = sumFrom(bins, from);
    cursors.set(length, { from, sum });
    return sum;
  }
  for (let bin = cursor.from; bin < from; bin += 1) cursor.sum -= bins.get(bin) ?? 0n;
  cursor.from = from;
  return cursor.sum;
}

function sumFrom(bins: Series, from: number): Pico {
  let sum = 0n;
  for (const [bin, pico] of bins) if (bin >= from) sum += pico;
  return sum;
}

/** Drops the bins that end at or before `time`. */
export function dropFromWindows({ bins, cursors }: PaceWindows, width: number, time: number): void {
  dropBefore(bins, width, time, (bin, pico) => {
    for (const cursor of cursors.values()) if (bin >= cursor.from) cursor.sum -= pico;
  });
}
