import type { Event } from '../event.ts';
import { readEvent } from './canonicalEvent.ts';

/** A stored event before it is parsed: what it is sorted by, and its text. */
export interface Entry {
  /** Event time, milliseconds since 1970. */
  ms: number;
  id: string;
  /** The line of a segment, or the event of a folder. */
  record: string | Event;
}

/** Something in the store that could not be read. */
export interface StoreProblem {
  path: string;
  /** From 1, in a segment. */
  line?: number;
  reason: string;
}

/** The beginning of every line that this program writes; the rest need not be parsed to sort it. */
const start = /^\{"id":"([^"\\]*)","timestamp":"([^"\\]*)","/;

/** By time, then id: the order in which stored events are read. */
export const inOrder = (a: Entry, b: Entry): number => a.ms - b.ms || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The entry of a line, or why it is none. A line that was torn is not taken for whole. */
export function makeEntry(line: string): Entry | string {
  const found = line.endsWith('}}') ? start.exec(line) : null;
  const ms = found ? Date.parse(found[2]!) : Number.NaN;
  if (found && !Number.isNaN(ms)) return { ms, id: found[1]!, record: line };
  const event = readEvent(line);
  return typeof event === 'string' ? event : { ms: Date.parse(event.timestamp), id: event.id, record: event };
}

/** The event of an entry, or why it is none. */
export const makeEvent = ({ record }: Entry): Event | string => (typeof record === 'string' ? readEvent(record) : record);
