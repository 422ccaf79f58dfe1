import type { JsonObject } from '../../event.ts';
import { emptyHeader } from '../header/header.ts';
import { peelHeader } from '../header/headerPeel.ts';
import { structuredBody } from '../lines/structuredBody.ts';
import type { StampClock } from '../time/stampClock.ts';

/** What a cell with a text holds: the message, and what stood in front of it or beside it. */
export interface InnerText {
  text: string;
  metadata: JsonObject;
  component: string;
  /** Milliseconds since 1970 of a stamp in front; NaN without one. */
  time: number;
}

const header = emptyHeader();

/** A cell that is the message as it is. */
export const plainText = (cell: string): InnerText => ({ text: cell.trimEnd(), metadata: {}, component: '', time: Number.NaN });

/**
 * A cell may hold a raw line, with a stamp, a level and the rest in front, or a record of its own: these are read as they are
 * in a file of such lines. Where the table names the level and no stamp stands in front, the cell is the message as it is.
 */
export function innerText(cell: string, levelKnown: boolean, clock: StampClock): InnerText {
  const plain = plainText(cell);
  peelHeader(cell, 0, clock, header);
  const isLine = !Number.isNaN(header.time) || (!levelKnown && header.level !== '');
  const body = isLine ? cell.slice(header.bodyAt).trimEnd() : plain.text;
  const structured = structuredBody(body);
  if (!isLine && structured === null) return plain;
  const metadata: JsonObject = {};
  const { time } = header;
  if (isLine && header.level !== '') metadata.level = header.level;
  if (isLine && header.thread !== '') metadata.thread = header.thread;
  const component = isLine ? header.component : '';
  if (structured === null) return { text: body === '' ? plain.text : body, metadata, component, time };
  const { roles, metadata: fields } = structured.picked;
  return {
    text: structured.text,
    metadata: { ...metadata, ...fields },
    component: typeof roles.component === 'string' ? roles.component : component,
    time,
  };
}

/** Whether a cell holds more than a message. */
export function isInner(cell: string, levelKnown: boolean, clock: StampClock): boolean {
  peelHeader(cell, 0, clock, header);
  return !Number.isNaN(header.time) || (!levelKnown && header.level !== '') || structuredBody(cell.trimEnd()) !== null;
}
