import { usualNames } from '../json/fieldNames.ts';
import type { StampClock } from '../time/stampClock.ts';
import { timeValue } from '../time/timeValue.ts';

/** Columns that hold a part of the time each, in the order in which stamps are written. */
const partNames = ['month', 'date', 'day', 'year', 'time'];

/** Six-digit dates and times lose their leading zeros in spreadsheets. */
const padded = (part: string): string => (/^\d{1,5}$/.test(part) ? part.padStart(6, '0') : part);

/**
 * Finds the time by the names of columns (as `plainName` gives them): one that holds all of it, or several of month, date, day,
 * year and time that hold a part each. Empty when there is none.
 */
export function nameTimeColumns(names: readonly string[]): number[] {
  const whole = usualNames.timestamp.find((name) => names.includes(name) && !partNames.includes(name));
  if (whole !== undefined) return [names.indexOf(whole)];
  return partNames.map((name) => names.indexOf(name)).filter((index) => index >= 0);
}

/** The time in one cell, milliseconds since 1970; NaN when it is none. Some exports set the time of day off with an at sign. */
export const cellTime = (cell: string, clock: StampClock): number => timeValue(cell.replace(' @ ', ' '), clock);

/** The time in these columns of a row, milliseconds since 1970; NaN when it is none. */
export function readTime(row: readonly string[], columns: readonly number[], clock: StampClock): number {
  const parts = columns.map((index) => (row[index] ?? '').trim());
  if (parts.length === 1) return cellTime(parts[0]!, clock);
  // `081109` and `203615`, `2016-09-28` and `04:30:30`.
  return timeValue((parts.length === 2 ? parts.map(padded) : parts).join(' '), clock);
}
