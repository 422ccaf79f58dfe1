import type { JsonObject } from '../../event.ts';
import { emptyFacts } from '../lines/facts.ts';
import { readMessage } from '../lines/readText.ts';
import { unsettled } from '../lines/streamReading.ts';
import type { StampClock } from '../time/stampClock.ts';

/** What a cell with a text holds: the message, and what stood in front of it or beside it. */
export interface InnerText {
  text: string;
  metadata: JsonObject;
  component: string;
  /** Milliseconds since 1970 of a stamp in front; NaN without one. */
  time: number;
}

/** A cell that is the message as it is. */
export const plainText = (cell: string): InnerText => ({ text: cell.trimEnd(), metadata: {}, component: '', time: Number.NaN });

/**
 * A cell may hold a raw line, with a stamp, a level and the rest in front, or a record of its own: these are read as they are
 * in a file of such lines. Where the table names the level and no stamp stands in front, the cell is the message as it is.
 */
export function innerText(cell: string, levelKnown: boolean, clock: StampClock): InnerText {
  const facts = { ...emptyFacts(cell.trimEnd()), json: true };
  readMessage(facts, { clock, reading: unsettled, fields: {} }, levelKnown);
  const { text, metadata, service, component, time } = facts;
  return { text, metadata, component: service || component, time };
}

/** Whether a cell holds more than a message. */
export function isInner(cell: string, levelKnown: boolean, clock: StampClock): boolean {
  const { text, metadata, time } = innerText(cell, levelKnown, clock);
  return !Number.isNaN(time) || metadata.level !== undefined || text !== cell.trimEnd();
}
