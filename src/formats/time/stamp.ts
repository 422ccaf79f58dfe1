import { foreignMonthAt, type NameAt } from './foreignMonths.ts';

/** A date in numbers: with the year in four digits at the end, or in two anywhere; '' when its order is plain. */
export type OpenDate = '' | 'long' | 'short';

/** What a time stamp holds. A year or a date it left out is NaN; so is a zone. */
export interface Stamp {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** Milliseconds since midnight. */
  ms: number;
  /** Minutes east of UTC. */
  zone: number;
  /** Milliseconds since 1970, when the stamp was a count. */
  epoch: number;
  /** Whether it gave a time of day. */
  timed: boolean;
  /** Whether its date was three numbers of which the order is open: `03/06/2024`, `24/06/03`. */
  open: OpenDate;
  /** Index behind it. */
  end: number;
}

/** One stamp is written over and over, so that scanning makes no garbage. */
export const emptyStamp = (): Stamp => ({
  year: Number.NaN,
  month: Number.NaN,
  day: Number.NaN,
  ms: 0,
  zone: Number.NaN,
  epoch: Number.NaN,
  timed: false,
  open: '',
  end: 0,
});

export function clearStamp(stamp: Stamp): void {
  stamp.year = stamp.month = stamp.day = stamp.zone = stamp.epoch = Number.NaN;
  stamp.ms = 0;
  stamp.timed = false;
  stamp.open = '';
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** How many digits stand at `at`, up to 20. */
export function digitRun(text: string, at: number): number {
  let n = 0;
  while (n < 20 && isDigit(text.charCodeAt(at + n))) n += 1;
  return n;
}

/** The number in `count` digits at `at`. */
export function numberAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 10 + text.charCodeAt(at + i) - 48;
  return value;
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** The first three letters of a name in one number, whatever their case. */
const packed = (text: string, at: number): number =>
  ((text.charCodeAt(at) | 32) << 16) | ((text.charCodeAt(at + 1) | 32) << 8) | (text.charCodeAt(at + 2) | 32);

const packedMonths = monthNames.map((name) => packed(name, 0));
const packedDays = dayNames.map((name) => packed(name, 0));

/** A name of the list at `at`, whole or of three or four letters. Tried on every word of a header, so numbers are compared. */
function nameAt(text: string, at: number, names: readonly string[], codes: readonly number[]): NameAt | null {
  const index = codes.indexOf(packed(text, at));
  if (index < 0) return null;
  let end = at + 3;
  while (end - at < 10 && isLetter(text.charCodeAt(end))) end += 1;
  const name = names[index]!;
  const known = end - at === 3 || end - at === name.length || end - at === 4;
  return known && name.startsWith(text.slice(at, end).toLowerCase()) ? { index, end } : null;
}

/** The name of a month, English or of a neighbouring language, a point behind it or not: its place, January being 0. */
export function monthAt(text: string, at: number): NameAt | null {
  return nameAt(text, at, monthNames, packedMonths) ?? foreignMonthAt(text, at);
}
export const weekdayAt = (text: string, at: number): NameAt | null => nameAt(text, at, dayNames, packedDays);
