import type { Rate } from './rates.ts';

/** What of a rate is kept where its windows become others: an hour, so that what is usual for them is soon their own. */
const KEPT = 3_600_000;

/** A rate a window of `from` milliseconds as one a window of `to`: as many events in as much time, scattered as much. */
export function rescaleRate({ sum, squares, exposure }: Rate, { from, to }: { from: number; to: number }): Rate {
  if (exposure <= 0) return { sum: 0, squares: 0, exposure: 0 };
  const share = Math.min(1, KEPT / (exposure * from));
  const ratio = to / from;
  const mean = sum / exposure;
  // Beyond the noise of counting, what scatters does so in proportion.
  const scatter = mean > 0 ? Math.max(0, squares / exposure - mean * mean - mean) / (mean * mean) : 0;
  const windows = (exposure * share) / ratio;
  const scaled = mean * ratio;
  return { sum: sum * share, squares: windows * (scaled + (1 + scatter) * scaled * scaled), exposure: windows };
}
