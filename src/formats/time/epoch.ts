/** 1973 in milliseconds and 5138 in seconds: numbers below are seconds, those a thousand times larger milliseconds, and so on. */
const secondsBelow = 1e11;

/**
 * Milliseconds of a count since 1970 whose unit (s, ms, us, ns) shows in its size; NaN for negative and absurd ones.
 * Seconds may have a fraction.
 */
export function epochMs(value: number): number {
  if (!(value >= 0 && value < secondsBelow * 1e9)) return Number.NaN;
  if (value < secondsBelow) return Math.round(value * 1000);
  if (value < secondsBelow * 1e3) return Math.floor(value);
  return Math.floor(value < secondsBelow * 1e6 ? value / 1e3 : value / 1e6);
}
