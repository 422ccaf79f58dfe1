import { epochMs } from '../time/epoch.ts';
import { isoTime } from '../time/isoTime.ts';

const digits = /^\d{9,20}(\.\d+)?$/;

/**
 * Milliseconds since 1970 of a time in a message: ISO 8601 (in UTC where it names no zone), a count of s, ms, us or ns as a
 * number or text, or the form of e-mail (`Sat, 14 Mar 2026 09:40:00 GMT`). null for anything else, and for the year 1,
 * by which some say "not yet".
 */
export function readMessageTime(value: unknown): number | null {
  const time = parse(value);
  return Number.isFinite(time) && time > 0 ? time : null;
}

function parse(value: unknown): number {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  if (digits.test(text)) return epochMs(Number(text));
  const iso = isoTime(text);
  if (!Number.isNaN(iso)) return iso;
  const utc = isoTime(`${text}Z`);
  if (!Number.isNaN(utc)) return utc;
  return /^[A-Z][a-z]{2}, \d/.test(text) ? Date.parse(text) : Number.NaN;
}
