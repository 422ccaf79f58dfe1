import type { Signal } from '../../signal.ts';
import type { Decision } from './arrivalJournal.ts';
import type { Taken } from './taken.ts';

/** Characters of a damaged line that are kept. */
const originalLength = 4096;

/** What was taken of a source as the journal keeps it: only what is not as usual. */
export function decisionOf(source: string, { at, records, given, position, watermark, left, ended }: Taken): Decision {
  const decision: Decision = { at, source };
  if (records.length > 0) decision.records = records as Signal[];
  if (position !== undefined) decision.position = position;
  if (watermark !== undefined) decision.watermark = watermark;
  if (left > 0) decision.left = left;
  if (given !== records.length) decision.given = given;
  if (ended) decision.ended = ended;
  return decision;
}

/** What was taken, from what the journal has kept; `index` of its source, -1 where nothing came. */
export function takenOf(
  { at, records = [], given = records.length, position, watermark, left = 0, ended = false }: Decision,
  index: number,
): Taken {
  return { index, at, records, given, left, ended, watermark, ...(position !== undefined && { position }) };
}

/** A line of the journal that cannot be read, as a rejected record of the first source. It moves no source. */
export function damagedLine(source: string, at: number, line: string): Taken {
  const rejected = { source, reason: 'damaged line of the journal', place: {}, original: line.slice(0, originalLength) };
  return { index: 0, at, given: 0, left: 0, aside: true, records: [{ kind: 'rejected', time: 0, key: '', rejected }] };
}
