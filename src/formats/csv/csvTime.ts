import { plainName, usualNames } from '../json/fieldNames.ts';
import type { StampClock } from '../time/stampClock.ts';
import { timeValue } from '../time/timeValue.ts';

/** Columns that hold a part of the time each, in the order in which stamps are written. */
const partNames = ['month', 'date', 'day', 'year', 'time'];

/** Six-digit dates and times lose their leading zeros in spreadsheets. */
const padded = (part: string): string => (/^\d{1,5}$/.test(part) ? part.padStart(6, '0') : part);

/** Date and time of day in two fields: `081109` and `203615`, `2016-09-28` and `04:30:30`. NaN when they are none. */
export function joinedTime(date: string, time: string, clock: StampClock): number {
  return timeValue(`${padded(date.trim())} ${padded(time.trim())}`, clock);
}

export interface TimeColumns {
  /** Which columns the time is read from. */
  indices: number[];
  read(fields: readonly string[], clock: StampClock): number;
}

const oneColumn = (index: number): TimeColumns => ({
  indices: [index],
  read: (fields, clock) => timeValue(fields[index], clock),
});

/**
 * Finds the time among the columns: one that holds all of it, or several of month, date, day, year and time that hold a part
 * each. null when there is none.
 */
export function timeColumns(columns: readonly string[], mapped: string | undefined): TimeColumns | null {
  if (mapped !== undefined) {
    const index = columns.indexOf(mapped);
    return index < 0 ? null : oneColumn(index);
  }
  const plain = columns.map(plainName);
  const parts = partNames.map((name) => plain.indexOf(name)).filter((index) => index >= 0);
  const whole = usualNames.timestamp.find((name) => plain.includes(name) && !partNames.includes(name));
  if (whole !== undefined) return oneColumn(plain.indexOf(whole));
  if (parts.length === 0) return null;
  if (parts.length === 1) return oneColumn(parts[0]!);
  return {
    indices: parts,
    read: (fields, clock) =>
      partsTime(
        parts.map((index) => fields[index]!),
        clock,
      ),
  };
}

function partsTime(parts: string[], clock: StampClock): number {
  if (parts.length === 2) return joinedTime(parts[0]!, parts[1]!, clock);
  return timeValue(parts.map((part) => part.trim()).join(' '), clock);
}
