import { z } from 'zod';
import { createZone, isZoneName } from '../base/zone.ts';

/**
 * Turns local wall time, given as if it were UTC milliseconds, into UTC milliseconds. `previous`: UTC milliseconds of the
 * record before it in its stream, NaN without one; by it the two passes of an hour that the clock shows twice are told apart.
 */
export type ToUtc = (localMs: number, previous?: number) => number;

/** Offsets change on quarter hours at the finest. */
const bucketMs = 15 * 60_000;

/** An IANA time zone name. */
export const timeZoneName = z.string().refine((zone) => zone === 'UTC' || isZoneName(zone), {
  error: (issue) => `unknown time zone ${JSON.stringify(issue.input)}; expected an IANA name such as Europe/Berlin or UTC`,
});

/**
 * The conversion for an IANA zone. A time that the clock skipped in spring is read with the offset before the change. One
 * that it showed twice in autumn is the earlier, unless the later lies within half of what comes twice of the record before:
 * then each reading is the nearer one, forwards and backwards, so that a line that is out of order bends none behind it.
 * Log lines share quarter hours, so the last offsets are remembered.
 */
export function makeToUtc(zone: string): ToUtc {
  if (zone === 'UTC') return (localMs) => localMs;
  const { offsetAt } = createZone(zone);
  let bucket = Number.NaN;
  let offset = 0;
  // How much later it comes again; 0 where it comes once.
  let again = 0;
  return (localMs, previous = Number.NaN) => {
    const wanted = Math.floor(localMs / bucketMs);
    if (wanted !== bucket) {
      // The offsets a day before and a day after: one of them holds, the earlier where both would.
      const before = offsetAt(localMs - 86_400_000);
      const after = offsetAt(localMs + 86_400_000);
      const holds = (candidate: number) => offsetAt(localMs - candidate) === candidate;
      offset = holds(before) || !holds(after) ? before : after;
      again = holds(before) && holds(after) ? before - after : 0;
      bucket = wanted;
    }
    const first = localMs - offset;
    return again > 0 && Math.abs(first + again - previous) <= again / 2 ? first + again : first;
  };
}

/** The other way: what the clocks of an IANA zone show at an instant, both in milliseconds; the last offset is remembered. */
export function makeToLocal(zone: string): (ms: number) => number {
  if (zone === 'UTC') return (ms) => ms;
  const { offsetAt } = createZone(zone);
  let bucket = Number.NaN;
  let offset = 0;
  return (ms) => {
    const wanted = Math.floor(ms / bucketMs);
    if (wanted !== bucket) {
      offset = offsetAt(ms);
      bucket = wanted;
    }
    return ms + offset;
  };
}
