/** Disorder that is mended at most, milliseconds: what comes later than that is late. */
export const mostDisorder = 60 * 60_000;
/** Where there is any disorder, more is expected: this much is waited for at least, milliseconds. */
const leastLateness = 2 * 60_000;

/** How long to wait for what comes out of order, given the largest disorder that was seen, milliseconds. */
export const latenessFor = (disorder: number): number => (disorder <= 0 ? 0 : Math.min(mostDisorder, Math.max(leastLateness, disorder)));

/** The largest distance by which one of these times lies behind one before it, milliseconds. */
export function largestDisorder(times: Iterable<number>): number {
  let front = Number.NEGATIVE_INFINITY;
  let largest = 0;
  for (const time of times) {
    front = Math.max(front, time);
    largest = Math.max(largest, front - time);
  }
  return largest;
}
