import { createZone } from '../../base/zone.ts';

/** Milliseconds to add to UTC for local time at a moment (milliseconds since 1970). */
export type ZoneOffset = (time_ms: number) => number;

/** Zones change their offset on the quarter hour, so one look-up of a few microseconds serves that long. */
const quarterHour = 900_000;

/**
 * The offset of an IANA time zone such as `Europe/Berlin`, summer time included, quick enough to be asked every point.
 *
 * Throws a RangeError when the zone is unknown.
 */
export function zoneOffset(name: string): ZoneOffset {
  const { offsetAt } = createZone(name);
  if (name === 'UTC') return () => 0;
  let quarter = NaN;
  let offset = 0;
  return (time_ms) => {
    const asked = Math.floor(time_ms / quarterHour);
    if (asked !== quarter) {
      offset = offsetAt(asked * quarterHour);
      quarter = asked;
    }
    return offset;
  };
}
