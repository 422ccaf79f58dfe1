import { withoutSchema } from '../../base/recordText.ts';
import type { JsonObject } from '../../event.ts';
import type { Draft, Place } from '../format.ts';
import { canonicalTime, idProblem, isCanonical } from '../json/canonical.ts';
import { emptyFacts, type Facts } from './facts.ts';
import { readMessage, type ReadContext } from './readText.ts';

/** What is known of a record as a draft. */
export function factsDraft(facts: Facts, raw: string, { line, offset }: Place): Draft {
  const { time, text, metadata, service, component, source, group, id } = facts;
  const draft: Draft = { kind: 'draft', time, text, metadata, raw, line, offset };
  const logicalId = service || component;
  if (logicalId !== '') draft.logicalId = logicalId;
  if (source !== undefined) draft.source = source;
  if (group !== undefined) draft.groupId = group;
  if (id !== undefined) draft.id = id;
  return draft;
}

/**
 * A canonical event as it is; one whose text still has its header, as a collector took it in, gives the level and the message
 * in it. null when the record is not canonical, or its id or time cannot be one.
 */
export function canonicalFacts(record: JsonObject, raw: string, { line, offset }: Place, context: ReadContext): Draft | null {
  if (!isCanonical(record) || idProblem(record.id) !== null) return null;
  const time = canonicalTime(record);
  if (Number.isNaN(time)) return null;
  const event = withoutSchema(record);
  if (event.metadata.level === undefined) {
    const facts = { ...emptyFacts(event.text), metadata: { ...event.metadata }, time, json: true };
    readMessage(facts, context, false);
    if (facts.metadata.level !== undefined) {
      event.text = facts.text;
      event.metadata = facts.metadata;
    }
  }
  return { kind: 'draft', time, text: event.text, metadata: event.metadata, raw, event, line, offset };
}
