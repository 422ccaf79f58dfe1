import { epochMs } from './epoch.ts';
import { isoTime } from './isoTime.ts';
import type { StampClock } from './stampClock.ts';

const number = /^\d+(\.\d+)?$/;

/** Milliseconds since 1970 of a field that holds a time in any usual form; NaN when it is none. */
export function timeValue(value: unknown, clock: StampClock): number {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string') return Number.NaN;
  const iso = isoTime(value);
  if (!Number.isNaN(iso)) return iso;
  const text = value.trim();
  // Eight digits are a day (20240501), and six an old-fashioned one; epoch seconds have at least nine since 1973.
  if (text.length >= 9 && number.test(text)) return epochMs(Number(text));
  return clock.whole(text);
}
