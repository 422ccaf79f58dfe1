import type { Pico } from './money.ts';

/** Amounts in bins of one width, by bin number; bins without an amount are absent. */
export type Series = Map<number, Pico>;

export function addTo(series: Series, width: number, time: number, pico: Pico): void {
  const bin = Math.floor(time / width);
  const sum = (series.get(bin) ?? 0n) + pico;
  if (sum === 0n) series.delete(bin);
  else series.set(bin, sum);
}

/**
 * What was booked in the `length` milliseconds before `now`, counted from the first bin that begins in them: exact
 * when both ends are bin boundaries, else up to a bin less, so that a pace is never overstated.
 */
export function sumOfLast(series: Series, width: number, length: number, now: number): Pico {
  const from = Math.ceil((now - length) / width);
  const to = Math.ceil(now / width);
  let sum = 0n;
  for (const [bin, pico] of series) if (bin >= from && bin < to) sum += pico;
  return sum;
}

/** Drops the bins that end at or before `time`. */
export function dropBefore(series: Series, width: number, time: number): void {
  for (const bin of series.keys()) if ((bin + 1) * width <= time) series.delete(bin);
}
