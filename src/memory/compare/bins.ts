/** Most bins; where time needs more, two become one. */
const MOST = 128;
const FIRST_WIDTH = 1000;

/** Counts over time in bins of equal width, which double where the time is longer: bounded, and the same in whatever order events come. */
export interface Bins {
  /** Milliseconds; bins are aligned to 1970. */
  width: number;
  counts: Map<number, number>;
  first: number;
  last: number;
}

export const startBins = (): Bins => ({
  width: FIRST_WIDTH,
  counts: new Map(),
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
});

/** Counts `many` events of that time, milliseconds. */
export function addToBins(bins: Bins, time: number, many = 1): void {
  bins.first = Math.min(bins.first, time);
  bins.last = Math.max(bins.last, time);
  while (Math.floor(bins.last / bins.width) - Math.floor(bins.first / bins.width) >= MOST) double(bins);
  const at = Math.floor(time / bins.width);
  bins.counts.set(at, (bins.counts.get(at) ?? 0) + many);
}

/** Takes in what others have counted. */
export function mergeBins(into: Bins, from: Bins): void {
  for (const [at, many] of from.counts) addToBins(into, Math.max(from.first, at * from.width), many);
  into.last = Math.max(into.last, from.last);
}

/** Counts in `windows` windows of equal length from `from` to `to`, oldest first; a bin belongs where it begins. */
export function countWindows({ counts, width }: Bins, from: number, to: number, windows: number): number[] {
  const found = Array<number>(windows).fill(0);
  const length = Math.max(1, to - from) / windows;
  for (const [at, many] of counts) found[Math.min(windows - 1, Math.max(0, Math.floor((at * width - from) / length)))]! += many;
  return found;
}

function double(bins: Bins): void {
  bins.width *= 2;
  const counts = new Map<number, number>();
  for (const [at, many] of bins.counts) counts.set(Math.floor(at / 2), (counts.get(Math.floor(at / 2)) ?? 0) + many);
  bins.counts = counts;
}
