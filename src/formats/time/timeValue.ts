import { epochMs } from './epoch.ts';
import { dayMs, isDate, isoTime } from './isoTime.ts';
import type { StampClock } from './stampClock.ts';

const number = /^\d+(\.\d+)?$/;
/** `/Date(1717408800123)/`, as serialisers of .NET write a time, an offset behind the count or not. */
const dotNetDate = /^\/Date\((\d{1,15})(?:[+-]\d{4})?\)\/$/;

/** Milliseconds since 1970 of a field that holds a time in any usual form; NaN when it is none. */
export function timeValue(value: unknown, clock: StampClock): number {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? partsTime(value) : objectTime(value as Parts, clock);
  if (typeof value !== 'string') return Number.NaN;
  const iso = isoTime(value);
  if (!Number.isNaN(iso)) return iso;
  const trimmed = value.trim();
  const text = trimmed.startsWith('[') && trimmed.endsWith(']') ? trimmed.slice(1, -1) : trimmed;
  // Eight digits are a day (20240501), six an old-fashioned one and fourteen a day and time; epoch seconds have at least nine since 1973.
  if (text.length >= 9 && text.length !== 14 && number.test(text)) return epochMs(Number(text));
  const date = dotNetDate.exec(text);
  return date ? Number(date[1]) : clock.whole(text);
}

type Parts = Record<string, unknown>;

/** `{ $date: ... }` of MongoDB, `{ epochSecond, nanoOfSecond }` of log4j, `{ seconds, nanos }` of Protocol Buffers. */
function objectTime(parts: Parts, clock: StampClock): number {
  const date = parts.$date ?? parts.$numberLong;
  if (date !== undefined) return timeValue(date, clock);
  const seconds = Number(parts.epochSecond ?? parts.seconds ?? parts._seconds ?? Number.NaN);
  const nanos = Number(parts.nanoOfSecond ?? parts.nanos ?? parts._nanoseconds ?? 0);
  return seconds > 0 && nanos >= 0 && nanos < 1e9 ? epochMs(seconds) + Math.floor(nanos / 1e6) : Number.NaN;
}

/** `[2024, 6, 3, 10, 0, 0, 123000000]`: a local time as Jackson writes it, its nanoseconds last. */
function partsTime(parts: unknown[]): number {
  if (parts.length < 5 || parts.length > 7 || !parts.every((part) => typeof part === 'number')) return Number.NaN;
  const [year, month, day, hour, minute, second = 0, nanos = 0] = parts as [number, number, number, number, number, number?, number?];
  if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 60 || year < 1970) return Number.NaN;
  return dayMs(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(nanos / 1e6);
}
