import type { Json, JsonObject } from '../../event.ts';
import type { StampClock } from './stampClock.ts';
import { timeValue } from './timeValue.ts';

/** 1990: no record is older. */
const earliest = 631_152_000_000;

/**
 * The time of a record: of the fields that may hold it the first that holds a day and a time, a day and a time of day in two
 * of them, or at last a part of it. NaN when none is a time: that refuses no record.
 * @param times values, most telling first
 */
export function recordTime(times: readonly Json[], record: JsonObject, clock: StampClock): number {
  const time = findTime(times, record, clock);
  clock.note(time);
  return time;
}

function findTime(times: readonly Json[], record: JsonObject, clock: StampClock): number {
  let clockTime = Number.NaN;
  let dayTime = Number.NaN;
  for (const value of times) {
    clock.bare = clock.untimed = false;
    const time = timeValue(value, clock);
    // A small number is a duration or a count since the start.
    if (Number.isNaN(time) || (typeof value === 'number' && time < earliest)) continue;
    if (clock.bare) clockTime = Number.isNaN(clockTime) ? time : clockTime;
    else if (clock.untimed) dayTime = Number.isNaN(dayTime) ? time : dayTime;
    else return time;
  }
  if (Number.isNaN(dayTime) || Number.isNaN(clockTime)) return Number.isNaN(clockTime) ? dayTime : clockTime;
  const { date, time } = record;
  if (typeof date !== 'string' || typeof time !== 'string') return clockTime;
  const joined = timeValue(`${date} ${time}${zone(record)}`, clock);
  // A zone that is none leaves the day.
  const day = Number.isNaN(joined) ? timeValue(`${date} ${time}`, clock) : joined;
  return Number.isNaN(day) ? clockTime : day;
}

/** ` +0200`, ` CEST`, ` Europe/Berlin` where a field names the zone. */
function zone({ tz, timezone }: JsonObject): string {
  const name = tz ?? timezone;
  return typeof name === 'string' && /^(?:[+-]\d{2}:?\d{2}|[A-Z]{3,5}|[A-Z][A-Za-z]+\/\w+)$/.test(name) ? ` ${name}` : '';
}
