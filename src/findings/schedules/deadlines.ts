import { dayMs, partsOfDay } from '../../base/civilDate.ts';
import { createZone } from '../../base/zone.ts';

export const everyNames = ['hour', 'day', 'weekday', 'week'] as const;
export type Every = (typeof everyNames)[number];

/** When something must have come by. */
export interface Deadline {
  every: Every;
  /** Minutes into the hour, into the day, or, of a week, into the week that begins on Monday. */
  minutes: number;
  zone: string;
}

const minute = 60_000;
const hourMs = 60 * minute;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const clock = /^(?:([a-z]{3})[a-z]*\s+)?(\d{1,2})?:(\d{2})$/i;

/** Reads `02:30`, of an hour `:20`, of a week `Mon 02:30`, as minutes; null when it is none. */
export function readClock(text: string, every: Every): number | null {
  const [, name, hours, minutes] = clock.exec(text.trim()) ?? [];
  const [hour, past] = [Number(hours ?? 0), Number(minutes)];
  if (minutes === undefined || hour > 23 || past > 59) return null;
  const weekday = name === undefined ? -1 : weekdays.indexOf(name.toLowerCase());
  if ((every === 'week') !== weekday >= 0 || (name !== undefined && weekday < 0)) return null;
  if (every === 'hour') return hours === undefined || hour === 0 ? past : null;
  if (hours === undefined) return null;
  return (every === 'week' ? weekday * 1440 : 0) + hour * 60 + past;
}

/**
 * The deadlines of an expectation, as a function: the first one after an instant, milliseconds since 1970. A time of day that a change of clocks
 * leaves out is the moment after it; one that comes twice is the first.
 */
export function makeDeadlines({ every, minutes, zone: name }: Deadline): (after: number) => number {
  const zone = createZone(name);
  if (every === 'hour')
    return (after) => {
      const offset = zone.offsetAt(after);
      const begin = Math.floor((after + offset) / hourMs) * hourMs - offset + minutes * minute;
      return begin > after ? begin : begin + hourMs;
    };
  const fits = (weekday: number) => (every === 'week' ? weekday - 1 === Math.floor(minutes / 1440) : every === 'day' || weekday <= 5);
  const ofDay = (minutes % 1440) * minute;
  return (after) => {
    for (let day = zone.dayAt(after); ; day += 1) {
      if (!fits(partsOfDay(day).weekday)) continue;
      const at = zone.findInstant(day * dayMs + ofDay);
      if (at > after) return at;
    }
  };
}
