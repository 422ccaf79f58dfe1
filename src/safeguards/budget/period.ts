import { clampedDay, isoOfDay, nameIsoWeek, partsOfDay, type CivilDay } from '../../base/civilDate.ts';
import { createZone, firstSecond, type Zone } from '../../base/zone.ts';

export const periodNames = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type PeriodName = (typeof periodNames)[number];

/** A half-open stretch of time, [start, end) in milliseconds since 1970. Two different ones never share an id. */
export interface Period {
  id: string;
  /** As people say it: `March 2026`. */
  label: string;
  start: number;
  end: number;
}

export interface Anchor {
  /** First month of the quarter or year, 1 to 12. */
  month?: number | undefined;
  /** Day of the month on which months, quarters and years begin; beyond a month's end it is the month's last day. */
  day?: number | undefined;
  /** First day of the week, Monday 1 to Sunday 7. */
  weekday?: number | undefined;
}

const hourMs = 3_600_000;
const monthsIn = { month: 1, quarter: 3, year: 12 } as const;
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * The period of that name that holds an instant, in the zone. Periods follow each other without gap or overlap,
 * through days of 23 and 25 hours too.
 *
 * Throws a RangeError for an unknown zone.
 */
export function createPeriods(name: PeriodName, zoneName = 'UTC', anchor: Anchor = {}): (ms: number) => Period {
  const zone = createZone(zoneName);
  const find = name === 'hour' ? (ms: number) => hourAt(zone, ms) : (ms: number) => datedAt(zone, name, anchor, ms);
  // Records come nearly in order, so one of the last two answers is nearly always the next one too.
  let last: Period | undefined;
  let other: Period | undefined;
  return (ms) => {
    if (last && ms >= last.start && ms < last.end) return last;
    [last, other] = other && ms >= other.start && ms < other.end ? [other, last] : [find(ms), last];
    return last;
  };
}

/** Hours are told apart by their offset: the hour that comes twice in autumn is two periods. */
function hourAt(zone: Zone, ms: number): Period {
  const offset = zone.offsetAt(ms);
  const shown = Math.floor((ms + offset) / hourMs) * hourMs;
  const sameOffset = (at: number) => zone.offsetAt(at) === offset;
  let start = shown - offset;
  let end = start + hourMs;
  // Where the clocks change within the hour (Lord Howe changes by 30 minutes), it is cut there.
  if (!sameOffset(start)) start = firstSecond(start, ms, sameOffset);
  if (!sameOffset(end - 1)) end = firstSecond(ms, end, (at) => !sameOffset(at));
  const [date, hour] = new Date(shown).toISOString().slice(0, 13).split('T');
  const from = offsetText(offset);
  return { id: `${date}T${hour}${from}`, label: `${date} ${hour}:00${from}`, start, end };
}

function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function datedAt(zone: Zone, name: Exclude<PeriodName, 'hour'>, anchor: Anchor, ms: number): Period {
  const [first, next] = datesAround(name, anchor, zone.dayAt(ms));
  return { ...namePeriod(name, anchor, first), start: zone.startOfDay(first), end: zone.startOfDay(next) };
}

/** The day a period begins and the day the next one does. */
function datesAround(name: Exclude<PeriodName, 'hour'>, anchor: Anchor, day: CivilDay): [CivilDay, CivilDay] {
  if (name === 'day') return [day, day + 1];
  const { year, month, weekday } = partsOfDay(day);
  if (name === 'week') {
    const first = day - ((weekday - (anchor.weekday ?? 1) + 7) % 7);
    return [first, first + 7];
  }
  const step = monthsIn[name];
  const findStart = (months: number) => clampedDay(Math.floor(months / 12), (months % 12) + 1, anchor.day ?? 1);
  const months = year * 12 + month - 1;
  const sinceAnchor = (((months - ((anchor.month ?? 1) - 1)) % step) + step) % step;
  let from = months - sinceAnchor;
  if (day < findStart(from)) from -= step;
  return [findStart(from), findStart(from + step)];
}

const lengths = { day: 'P1D', week: 'P7D', month: 'P1M', quarter: 'P3M', year: 'P1Y' } as const;

/** Plain periods have the names people use; anchored ones are ISO 8601 intervals by their first day. */
function namePeriod(name: Exclude<PeriodName, 'hour'>, anchor: Anchor, first: CivilDay): Pick<Period, 'id' | 'label'> {
  const { year, month } = partsOfDay(first);
  const same = (id: string) => ({ id, label: id });
  if (name === 'day') return same(isoOfDay(first));
  if (name === 'week' && (anchor.weekday ?? 1) === 1) return { id: nameIsoWeek(first), label: `week ${nameIsoWeek(first)}` };
  const plain = (anchor.day ?? 1) === 1 && (name === 'month' || (anchor.month ?? 1) === 1) && name !== 'week';
  if (!plain) return { id: `${isoOfDay(first)}/${lengths[name]}`, label: `${name} from ${isoOfDay(first)}` };
  if (name === 'quarter') return { id: `${year}-Q${Math.ceil(month / 3)}`, label: `Q${Math.ceil(month / 3)} ${year}` };
  if (name === 'year') return same(String(year));
  return { id: isoOfDay(first).slice(0, 7), label: `${monthNames[month - 1]} ${year}` };
}
