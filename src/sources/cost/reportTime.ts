import { isDate } from '../../formats/time/isoTime.ts';

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:Z|UTC|GMT|([+-]\d\d):?(\d\d)?)?$/;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?$/;
const wholeMonth = /^(\d{4})(\d\d)$/;

/**
 * Milliseconds since 1970 of a time in a cost report; NaN when it is none. Reports write ISO 8601, whole or to the minute
 * (`2026-03-14T00:00Z`) or day, with `UTC` or without a zone, which is UTC in all of them; Azure's own write `03/14/2026`,
 * month first, and Google a month as `202603`.
 */
export function parseReportTime(text: string): number {
  const day = american.exec(text);
  if (day) return utc(Number(day[3]), Number(day[1]), Number(day[2]), Number(day[4] ?? 0), Number(day[5] ?? 0), Number(day[6] ?? 0));
  const whole = wholeMonth.exec(text);
  if (whole) return utc(Number(whole[1]), Number(whole[2]), 1, 0, 0, 0);
  const found = iso.exec(text);
  if (!found) return Number.NaN;
  const [year, month, date, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const [, , , , , , , zoneHours, zoneMinutes] = found;
  const sign = zoneHours?.startsWith('-') === true ? -1 : 1;
  const offset = zoneHours === undefined ? 0 : sign * (Math.abs(Number(zoneHours)) * 60 + Number(zoneMinutes ?? 0));
  return utc(year!, month!, date!, hour, minute, second) - offset * 60_000;
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  return isDate(year, month, day) && hour <= 23 && minute <= 59 && second <= 60
    ? Date.UTC(year, month - 1, day, hour, minute, second)
    : Number.NaN;
}
