import { dayMs, type CivilDay } from './civilDate.ts';

/** An IANA time zone: what the clocks there show, and when a date begins. Times are milliseconds since 1970. */
export interface Zone {
  readonly name: string;
  /** Local time less UTC, milliseconds. */
  offsetAt(ms: number): number;
  /** The first instant at which the clocks show a local time, milliseconds as if it were UTC, or a later one where they never show it. */
  findInstant(local: number): number;
  /** The first instant whose local date is this one or a later one. */
  startOfDay(day: CivilDay): number;
  /** The local date at an instant. */
  dayAt(ms: number): CivilDay;
}

const second = 1000;

/**
 * A zone from the time-zone data of the JavaScript engine.
 *
 * General date libraries are not used here because of the days that have midnight twice (Havana, when summer time
 * ends) or not at all (Beirut, when it starts): the start of such a day must be one instant, whichever moment of the
 * day asks, or spend falls between two periods. The tests compare with Temporal in every zone.
 *
 * Throws a RangeError for a name that is no IANA zone.
 */
export function createZone(name: string): Zone {
  const format = dateFormat(name);
  const offsetAt = (ms: number): number => {
    const whole = Math.floor(ms / second) * second;
    const at: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(whole)) at[type] = Number(value);
    return Date.UTC(at['year']!, at['month']! - 1, at['day'], at['hour'], at['minute'], at['second']) - whole;
  };
  const findInstant = (local: number): number => {
    // Offsets lie within 14 h, so a day and a bit to each side is beyond any change that touches this time.
    const before = local - offsetAt(local - 1.2 * dayMs);
    const after = local - offsetAt(local + 1.2 * dayMs);
    const [early, late] = before <= after ? [before, after] : [after, before];
    if (early + offsetAt(early) === local) return early;
    if (late + offsetAt(late) === local) return late;
    return firstSecond(early, late, (ms) => ms + offsetAt(ms) >= local);
  };
  return {
    name,
    offsetAt,
    findInstant,
    startOfDay: (day) => findInstant(day * dayMs),
    dayAt: (ms) => Math.floor((ms + offsetAt(ms)) / dayMs),
  };
}

/** Whether there is an IANA zone of that name. */
export function isZoneName(name: string): boolean {
  try {
    dateFormat(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The first whole second in (low, high] for which `holds`, which must hold at high and stay true once it is. */
export function firstSecond(low: number, high: number, holds: (ms: number) => boolean): number {
  let from = Math.floor(low / second);
  let to = Math.ceil(high / second);
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle * second)) to = middle;
    else from = middle;
  }
  return to * second;
}

function dateFormat(name: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  return new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
}
