const day = 86_400_000;

/** A moment in a zone, in the parts that views print. */
interface Parts {
  date: string;
  /** `03:05:32` */
  time: string;
  /** `Z`, or ` EDT`, ` GMT+2` with the blank that sets it apart. */
  zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    timeZoneName: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

function splitTime(ms: number, timeZone: string): Parts {
  if (timeZone === 'UTC') {
    const [date = '', time = ''] = new Date(ms).toISOString().split('T');
    return { date, time: time.slice(0, 8), zone: 'Z' };
  }
  const part = new Map(
    zoneFormat(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const two = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? '';
  return {
    date: `${two('year').padStart(4, '0')}-${two('month')}-${two('day')}`,
    time: `${two('hour')}:${two('minute')}:${two('second')}`,
    zone: ` ${two('timeZoneName')}`,
  };
}

/** Milliseconds since 1970 of an ISO 8601 text; NaN when it is none. */
export const parseTime = (timestamp: string): number => Date.parse(timestamp);

/** `2026-03-14` in the zone; `-` for no time. */
export const writeDate = (ms: number, timeZone: string): string => (Number.isFinite(ms) ? splitTime(ms, timeZone).date : '-');

/** `03:07:12Z`, or `2026-02-11` when that is not the day of `now`. `-` for no time. */
export function clock(ms: number, timeZone: string, now?: number): string {
  if (!Number.isFinite(ms)) return '-';
  const { date, time, zone } = splitTime(ms, timeZone);
  return now !== undefined && splitTime(now, timeZone).date !== date ? date : `${time}${zone}`;
}

/** `2026-03-14 03:15:00Z` */
export function moment(ms: number, timeZone: string): string {
  if (!Number.isFinite(ms)) return '-';
  const { date, time, zone } = splitTime(ms, timeZone);
  return `${date} ${time}${zone}`;
}

/** `03:07:12.104Z`, for a line among others of the same day. */
export function exact(ms: number, timeZone: string): string {
  if (!Number.isFinite(ms)) return '-';
  const { time, zone } = splitTime(ms, timeZone);
  return `${time}.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}${zone}`;
}

/** `2026-03-14 03:07:12.104Z`; the date goes on the day of `now`. For lines that may be of any day. */
export function stamp(ms: number, timeZone: string, now?: number): string {
  const sameDay = now !== undefined && writeDate(now, timeZone) === writeDate(ms, timeZone);
  return sameDay || !Number.isFinite(ms) ? exact(ms, timeZone) : `${writeDate(ms, timeZone)} ${exact(ms, timeZone)}`;
}

/** Without seconds where there are none. */
const short = (time: string, other: string) => (time.endsWith(':00') && other.endsWith(':00') ? time.slice(0, 5) : time);

/** `03:05-03:10Z`; with seconds where either end has some. */
export function span(from: number, to: number, timeZone: string): string {
  const a = splitTime(from, timeZone);
  const b = splitTime(to, timeZone);
  const left = `${short(a.time, b.time)}${a.zone === b.zone ? '' : a.zone}`;
  return `${left}-${short(b.time, a.time)}${b.zone}`;
}

/** `2026-03-14  03:05-03:10Z`, and both dates where the window is longer than a day. */
export function datedSpan(from: number, to: number, timeZone: string, gap = '  '): string {
  const a = splitTime(from, timeZone);
  if (to - from <= day) return `${a.date}${gap}${span(from, to, timeZone)}`;
  const b = splitTime(to, timeZone);
  return `${a.date} ${short(a.time, b.time)}${a.zone === b.zone ? '' : a.zone} to ${b.date} ${short(b.time, a.time)}${b.zone}`;
}

/** `02:58Z`: hours and minutes. */
export function minute(ms: number, timeZone: string): string {
  const { time, zone } = splitTime(ms, timeZone);
  return `${time.slice(0, 5)}${zone}`;
}
