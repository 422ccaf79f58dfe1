import { z } from 'zod';

/** Turns local wall time, given as if it were UTC milliseconds, into UTC milliseconds. */
export type ToUtc = (localMs: number) => number;

/** Offsets change on quarter hours at the finest. */
const bucketMs = 15 * 60_000;

const parts = (zone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });

function isZone(zone: string): boolean {
  try {
    parts(zone);
    return true;
  } catch {
    return false;
  }
}

/** An IANA time zone name. */
export const timeZoneName = z.string().refine(isZone, {
  error: (issue) => `unknown time zone ${JSON.stringify(issue.input)}; expected an IANA name such as Europe/Berlin or UTC`,
});

/** Offset of a zone from UTC at an instant, milliseconds east. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const found: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) found[type] = Number(value);
  const { year, month, day, hour, minute, second } = found as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/**
 * The conversion for an IANA zone. A time that the clock skipped in spring is read with the offset before the change, one
 * that it showed twice in autumn is the earlier. Log lines share quarter hours, so the last answer is remembered.
 */
export function toUtcOf(zone: string): ToUtc {
  if (zone === 'UTC') return (localMs) => localMs;
  const format = parts(zone);
  let bucket = Number.NaN;
  let offset = 0;
  return (localMs) => {
    const wanted = Math.floor(localMs / bucketMs);
    if (wanted !== bucket) {
      // The offsets a day before and a day after: one of them holds, the earlier where both would.
      const before = offsetAt(format, localMs - 86_400_000);
      const after = offsetAt(format, localMs + 86_400_000);
      const holds = (candidate: number) => offsetAt(format, localMs - candidate) === candidate;
      offset = holds(before) || !holds(after) ? before : after;
      bucket = wanted;
    }
    return localMs - offset;
  };
}
