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
 * What was booked in the `length` milliseconds up to `now`, counted from the first bin that begins in them: exact when
 * their start is a bin boundary, else up to a bin less, so that a pace is never overstated.
 */
export function sumOfLast(series: Series, width: number, length: number, now: number): Pico {
  const from = Math.ceil((now - length) / width);
  const to = Math.floor(now / width);
  let sum = 0n;
  for (const [bin, pico] of series) if (bin >= from && bin <= to) sum += pico;
  return sum;
}

/**
 * Drops the bins that end at or before `time`, oldest entry first, up to the first that stays: bins come nearly in the
 * order of time, and one that came late goes when those before it have gone.
 */
export function dropBefore(series: Series, width: number, time: number, dropped?: (bin: number, pico: Pico) => void): void {
  for (const [bin, pico] of series) {
    if ((bin + 1) * width > time) return;
    series.delete(bin);
    dropped?.(bin, pico);
  }
}
