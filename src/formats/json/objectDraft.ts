import { withoutSchema } from '../../base/recordText.ts';
import type { JsonObject } from '../../event.ts';
import { canonicalTime, idProblem, isCanonical } from './canonical.ts';
import { noteRequest } from '../access/noteRequest.ts';
import type { FieldsOption } from './fieldNames.ts';
import type { Draft, Place } from '../format.ts';
import { recordMessage } from '../messages/recordMessage.ts';
import { pickFields, composeText } from './jsonRecord.ts';
import type { StampClock } from '../time/stampClock.ts';
import { recordTime } from '../time/recordTime.ts';

/** An id that is mapped, or that of a record which calls its time and text as a canonical one does. */
function givenId(record: JsonObject, mapped: unknown): string | undefined {
  if (typeof mapped === 'string' || typeof mapped === 'number') return String(mapped);
  const { id, timestamp, text } = record;
  return typeof id === 'string' && typeof timestamp === 'string' && typeof text === 'string' ? id : undefined;
}

const named = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Any object: its fields are found by their names. Time is NaN when it has none. */
export function objectDraft(
  record: JsonObject,
  { fields, clock }: { fields: FieldsOption; clock: StampClock },
  raw: string,
  place: Place,
): Draft | string {
  const message = Object.keys(fields).length === 0 ? recordMessage(record) : null;
  if (message) {
    const { group: groupId, ...parts } = message;
    return { kind: 'draft', ...parts, groupId, raw, line: place.line, offset: place.offset };
  }
  const { roles, times, metadata } = pickFields(record, fields);
  const time = recordTime(times, record, clock);
  const id = givenId(record, roles.id);
  const problem = id === undefined ? null : idProblem(id);
  if (problem !== null) return problem;
  if (id !== undefined && metadata.id === id) delete metadata.id;
  const described = noteRequest(metadata, roles.text);
  return {
    kind: 'draft',
    time,
    text: described ?? composeText(roles.text, metadata),
    metadata,
    raw,
    line: place.line,
    offset: place.offset,
    ...(id !== undefined && { id }),
    ...(named(roles.source) && { source: roles.source }),
    ...(named(roles.group) && { groupId: roles.group }),
    ...(named(roles.component) && { logicalId: roles.component }),
  };
}

/** A canonical event as it is, or the reason why it is refused; null when the record is not canonical. */
export function canonicalDraft(record: object, raw: string, { line, offset }: Place): Draft | string | null {
  if (!isCanonical(record)) return null;
  const time = canonicalTime(record);
  if (Number.isNaN(time)) return `timestamp ${JSON.stringify(record.timestamp.slice(0, 80))} is not a time`;
  const problem = idProblem(record.id);
  if (problem !== null) return problem;
  return { kind: 'draft', time, text: record.text, metadata: record.metadata, raw, event: withoutSchema(record), line, offset };
}
