/** How numbers, times and lengths of time are written: as on the terminal. Times are UTC, and say so. */

const two = (value: number): string => String(value).padStart(2, '0');

export const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** The same where room is scarce: from ten millions on `12.3M`. */
export const compact = (value: number): string =>
  Math.abs(value) < 10_000_000 ? count(value) : value.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** What was to be expected: whole where it is large, a dash where nobody knows. */
export const expected = (value: number | null | undefined): string => {
  if (value === null || value === undefined) return '-';
  if (value >= 10) return compact(value);
  return value < 0.05 ? '0' : String(Math.round(value * 10) / 10);
};

/** `189`, `4.1`, `0.2` a second. */
export const rate = (value: number | null): string =>
  value === null ? '-' : value >= 10 ? count(value) : String(Math.round(value * 10) / 10);

/** `4s`, `4m 40s`, `3h 10m`, `34 days`. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m ${seconds % 60}s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
  return `${Math.floor(hours / 24)} days`;
}

/** One unit only: `9m`. */
export const age = (ms: number): string => lasting(ms).replace(/(\d[a-z]) .*/, '$1');

/** `+1:40`, `-7:32`, `+1:02:03`. */
export function offset(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${ms < 0 ? '-' : '+'}${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** `03:05` and `03:05:32`. */
export const formatMinute = (time: string | number): string => new Date(time).toISOString().slice(11, 16);
export const formatClock = (time: string | number): string => new Date(time).toISOString().slice(11, 19);
export const formatDay = (time: string | number): string => new Date(time).toISOString().slice(0, 10);

/** `03:05:32Z`, with its date where that is not the day of the board. */
export const moment = (time: string, today: string): string =>
  formatDay(time) === formatDay(today) ? `${formatClock(time)}Z` : `${formatDay(time)} ${formatMinute(time)}Z`;

/** The beginning of a cell of that length: `03:05`, with seconds where cells are shorter than minutes, `03-14` where they are days. */
export const formatTick = (time: string | number, cell: number): string =>
  cell % 60_000 !== 0 ? formatClock(time) : cell >= 86_400_000 ? formatDay(time).slice(5) : formatMinute(time);

/** `03:10-03:15Z`, `03-13 to 03-14` where that is days. */
export function span(start: string, end: string): string {
  const cell = Date.parse(end) - Date.parse(start);
  if (cell >= 86_400_000) return `${formatTick(start, cell)} to ${formatTick(end, cell)}`;
  return `${formatTick(start, cell)}-${formatTick(end, cell)}Z`;
}

/** `60m`: how far back trends reach; an hour is written in minutes, as its cells are. */
export const reach = (ms: number): string => (ms <= 3_600_000 && ms % 60_000 === 0 ? `${ms / 60_000}m` : lasting(ms));

export const plural = (many: number, noun: string): string => `${count(many)} ${noun}${many === 1 ? '' : 's'}`;

/**
 * What would hide or turn around what is read: controls, bidirectional marks, zero widths, halves of characters, private
 * use. It is written out (`\u202e`), since it is evidence. An emoji's variation selector stays.
 */
const harmful = /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const piled = /(\p{M}{3})\p{M}+/gu;
const longest = 2000;

/** Text of logs, as it may be shown: on the page it is text and nothing else, and it says all there is. */
export function readable(text: string): string {
  const bounded = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const visible = (one: string): string => {
    if (one === '\n' || one === '\t') return ' ';
    const code = one.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  };
  return bounded.replace(harmful, visible).replace(piled, '$1');
}

/** The shortest beginnings of ids, four characters and more, that tell them apart. */
export function shortIds(ids: Iterable<string>): (id: string) => string {
  const sorted = [...new Set(ids)].sort();
  const short = new Map<string, string>();
  const shared = (a: string, b = ''): number => {
    let n = 0;
    while (n < a.length && a[n] === b[n]) n += 1;
    return n;
  };
  sorted.forEach((id, i) => short.set(id, id.slice(0, Math.max(4, 1 + Math.max(shared(id, sorted[i - 1]), shared(id, sorted[i + 1]))))));
  return (id) => short.get(id) ?? id.slice(0, 4);
}

/** An address that may be followed; null for what is none. */
export function safeLink(link: string | undefined): string | null {
  return link !== undefined && /^https?:\/\//i.test(link) ? link : null;
}

/** Band of a score: 0 to 4. */
export const band = (score: number): number => Math.min(4, Math.floor(score / 20));
