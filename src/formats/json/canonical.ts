import { isNewer } from '../../base/recordText.ts';
import type { Event } from '../../event.ts';
import { isoTime } from '../time/isoTime.ts';

const canonicalFields = 6;
const maxIdLength = 512;

/**
 * Why an id cannot name a record, or null when it can. Ids end up in file names and URLs, so separators, control
 * characters and names of folders are refused.
 */
export function idProblem(id: string): string | null {
  if (id.length === 0) return 'id is empty';
  if (id.length > maxIdLength) return `id is longer than ${maxIdLength} characters`;
  if (id === '.' || id === '..') return `id ${JSON.stringify(id)} is not safe in a path`;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (code < 32 || code === 47 || code === 92 || code === 127) return `id ${JSON.stringify(id.slice(0, 80))} is not safe in a path`;
  }
  return null;
}

/**
 * Whether a parsed record has exactly the canonical fields, all of their kinds, and beside them at most the schema of a
 * release that is known, as what was written by one has. Its id and time are not judged here.
 */
export function isCanonical(record: object): record is Event {
  const { id, timestamp, source, group_id: group, text, metadata, schema } = record as Partial<Record<keyof Event | 'schema', unknown>>;
  return (
    typeof id === 'string' &&
    typeof timestamp === 'string' &&
    typeof source === 'string' &&
    typeof group === 'string' &&
    typeof text === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    !Array.isArray(metadata) &&
    countFields(record) === canonicalFields + (schema === undefined ? 0 : 1) &&
    (schema === undefined || (typeof schema === 'number' && !isNewer(record)))
  );
}

function countFields(record: object): number {
  let count = 0;
  for (const _ in record) count += 1;
  return count;
}

/** Event time of a canonical record; a stamp in another zone is rewritten to UTC. NaN when it is none. */
export function canonicalTime(event: Event): number {
  const time = isoTime(event.timestamp);
  // 90 is `Z`.
  if (event.timestamp.charCodeAt(event.timestamp.length - 1) !== 90 && !Number.isNaN(time)) event.timestamp = new Date(time).toISOString();
  return time;
}
