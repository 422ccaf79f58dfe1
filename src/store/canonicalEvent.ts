import { isNewer } from '../base/recordText.ts';
import { isObject } from '../base/isObject.ts';
import type { Event } from '../event.ts';

/** The canonical fields in the canonical order, whatever order the source made them in. */
export function canonicalEvent({ id, timestamp, source, group_id, text, metadata }: Event): Event {
  return { id, timestamp, source, group_id, text, metadata };
}

/** What a stored record says, or why it is none: a sentence part for a report. */
export function readEvent(text: string): Event | string {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (!isObject(record)) return 'not an object';
  if (isNewer(record)) return 'of a later release';
  const { id, timestamp, source, group_id: groupId, text: line, metadata } = record;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof groupId !== 'string') {
    return 'no id, timestamp or group_id';
  }
  if (Number.isNaN(Date.parse(timestamp))) return 'timestamp is none';
  return {
    id,
    timestamp,
    source: typeof source === 'string' ? source : '',
    group_id: groupId,
    text: typeof line === 'string' ? line : '',
    metadata: isObject(metadata) ? metadata : {},
  };
}
