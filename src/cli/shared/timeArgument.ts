import { parseDuration } from '../../../config/scalars.ts';
import { CaducusError } from '../../errors.ts';

const timeOfDay = /^(\d\d):(\d\d)(?::(\d\d))?Z?$/i;
const day = 86_400_000;

/**
 * A time given on the command line, milliseconds since 1970: ISO 8601 (UTC unless it says otherwise), a time of day in UTC
 * such as 03:05Z, which is the last one that is not after now, or a distance from now such as -1h or +30m. Throws CAD002
 * naming the flag.
 */
export function timeArgument(value: string, flag: string, now: number): number {
  const distance = /^[+-]/.test(value) ? parseDuration(value.slice(1)) : null;
  if (distance !== null) return value.startsWith('-') ? now - distance : now + distance;
  const [, hour, minute, second = '0'] = timeOfDay.exec(value) ?? [];
  if (hour !== undefined && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60) {
    const at = Math.floor(now / day) * day + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
    return at > now ? at - day : at;
  }
  const dated = /^\d{4}-\d\d-\d\d/.test(value);
  const zoned = !/T/i.test(value) || /[zZ]|[+-]\d\d:?\d\d$/.test(value);
  const time = dated ? Date.parse(zoned ? value : `${value}Z`) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new CaducusError('CAD002', { path: flag }, `"${value}" is no time`, {
    hint: 'Give ISO 8601 such as 2026-03-14T03:05Z, a time of day such as 03:05Z, or a distance such as -1h or +30m.',
  });
}

/** A length of time given on the command line, milliseconds, more than none. Throws CAD002 naming the flag. */
export function lengthArgument(value: string, flag: string): number {
  const length = parseDuration(value);
  if (length !== null && length > 0) return length;
  throw new CaducusError('CAD002', { path: flag }, `"${value}" is no length of time`, { hint: 'Give one such as 2h, 30m or 1h 30m.' });
}
