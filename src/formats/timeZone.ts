import { z } from 'zod';
import { createZone, isZoneName } from '../base/zone.ts';

/** Turns local wall time, given as if it were UTC milliseconds, into UTC milliseconds. */
export type ToUtc = (localMs: number) => number;

/** Offsets change on quarter hours at the finest. */
const bucketMs = 15 * 60_000;

/** An IANA time zone name. */
export const timeZoneName = z.string().refine((zone) => zone === 'UTC' || isZoneName(zone), {
  error: (issue) => `unknown time zone ${JSON.stringify(issue.input)}; expected an IANA name such as Europe/Berlin or UTC`,
});

/**
 * The conversion for an IANA zone. A time that the clock skipped in spring is read with the offset before the change, one
 * that it showed twice in autumn is the earlier. Log lines share quarter hours, so the last answer is remembered.
 */
export function makeToUtc(zone: string): ToUtc {
  if (zone === 'UTC') return (localMs) => localMs;
  const { offsetAt } = createZone(zone);
  let bucket = Number.NaN;
  let offset = 0;
  return (localMs) => {
    const wanted = Math.floor(localMs / bucketMs);
    if (wanted !== bucket) {
      // The offsets a day before and a day after: one of them holds, the earlier where both would.
      const before = offsetAt(localMs - 86_400_000);
      const after = offsetAt(localMs + 86_400_000);
      const holds = (candidate: number) => offsetAt(localMs - candidate) === candidate;
      offset = holds(before) || !holds(after) ? before : after;
      bucket = wanted;
    }
    return localMs - offset;
  };
}
