import { parseLevel } from '../../event.ts';
import { isLabel } from '../header/levelWord.ts';
import type { StampClock } from '../time/stampClock.ts';
import { cellTime } from './csvTime.ts';

/** What the cells of a column look like; shares are of those that are not empty, from 0 to 1. */
export interface ColumnContent {
  /** Share of all cells. */
  filled: number;
  /** Whole stamps, written with signs. */
  stamps: number;
  /** Counts since 1970 that may be times. */
  epochs: number;
  /** Dates alone, and times of day alone. */
  days: number;
  clocks: number;
  /** Words for levels, and small numbers. */
  levels: number;
  /** Of these, words that name kinds of all sorts too: `SYSTEM`, `normal`. */
  labels: number;
  digits: number;
  /** Words without blanks that may name something, and texts with blanks. */
  names: number;
  phrases: number;
  distinct: number;
  /** Characters, over all cells. */
  length: number;
}

const clockOnly = /^\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,:]\d+)?)?(?: ?[AP]M)?$/i;
const nameLike = /^[A-Za-z_][\w.:/$@ -]{0,63}$/;
/** From 1990 on, to 2100. */
const earliest = 631_152_000_000;
const latest = 4_102_444_800_000;

/** Whether a cell is nothing but a stamp with its day; a count of seconds since 1970 is none here. */
export function isStamp(cell: string, clock: StampClock): boolean {
  if (cell.length < 8 || /^\d*\.?\d*$/.test(cell) || clockOnly.test(cell)) return false;
  return !Number.isNaN(cellTime(cell, clock));
}

/** Describes each column of some rows; rows may be shorter or longer than the table is wide. */
export function describeColumns(width: number, rows: readonly (readonly string[])[], clock: StampClock): ColumnContent[] {
  return Array.from({ length: width }, (_, i) =>
    describe(
      rows.map((row) => (row[i] ?? '').trim()),
      clock,
    ),
  );
}

function describe(cells: readonly string[], clock: StampClock): ColumnContent {
  const filled = cells.filter((cell) => cell !== '');
  const share = (test: (cell: string) => boolean) => (filled.length === 0 ? 0 : filled.filter(test).length / filled.length);
  return {
    filled: cells.length === 0 ? 0 : filled.length / cells.length,
    stamps: share((cell) => cell.includes(':') && isStamp(cell, clock)),
    epochs: share((cell) => /^\d{9,19}(?:\.\d+)?$/.test(cell) && isPlausible(cellTime(cell, clock))),
    days: share((cell) => !cell.includes(':') && isStamp(cell, clock)),
    clocks: share((cell) => clockOnly.test(cell)),
    levels: share((cell) => /^\p{L}{3,}$/u.test(cell) && parseLevel(cell) !== null),
    labels: share((cell) => isLabel(cell.toLowerCase())),
    digits: share((cell) => /^\d{1,2}$/.test(cell)),
    names: share((cell) => nameLike.test(cell)),
    phrases: share((cell) => /\S\s+\S/.test(cell)),
    distinct: new Set(filled).size,
    length: cells.length === 0 ? 0 : filled.reduce((sum, cell) => sum + cell.length, 0) / cells.length,
  };
}

const isPlausible = (ms: number) => ms >= earliest && ms < latest;
