import type { Draft } from '../format.ts';
import { continues, expectingAfter, isPaddedKey, opensComment, traceLevel } from './continuation.ts';
import { emptyFacts, type Facts } from './facts.ts';
import { readBlock } from './fieldBlock.ts';
import { factsDraft } from './lineDraft.ts';
import type { OpenRecord } from './openRecords.ts';
import { isEmptyBody, readRecord, type ReadContext } from './readText.ts';
import type { Wrapped } from './wrapper.ts';

/** A further message of the record before it, with a header of its own (PostgreSQL). */
const detail = /^(?:\S+ )?(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION):  /;

/** Whether a line belongs to the open record of its stream. `twoLines`: records of this stream have two lines of header. */
export function goesOn(open: OpenRecord, text: string, facts: Facts, wrapped: Wrapped | null, twoLines: boolean): boolean {
  if (facts.json || open.draft === null) return false;
  const { level, pid } = facts.metadata;
  const stamped = !Number.isNaN(facts.time) && wrapped?.time !== facts.time;
  if (stamped) return open.stamped && pid === open.draft.metadata.pid && facts.text.includes(':  ') && detail.test(facts.text);
  // Deeper down `err: {` is a field of what was printed.
  const nested = isIndented(text) && open.indent === 0 && typeof level === 'string' && level !== level.toUpperCase();
  if (level !== undefined && facts.headed && !nested) {
    return twoLines && open.stamped && open.more.length === 0 && open.draft.metadata.level === undefined;
  }
  if (open.expecting === 'comment' && opensComment(text, open.more.at(-1)?.slice(1) ?? open.draft.text)) return false;
  return continues(text, open);
}

const isIndented = (text: string) => text.charCodeAt(0) === 32 || text.charCodeAt(0) === 9;

/** Adds a line to the record it belongs to. */
export function extendRecord(open: OpenRecord, text: string, facts: Facts, invalid: boolean, twoLines: boolean): void {
  const draft = open.draft!;
  const { level } = facts.metadata;
  // A header of its own goes off.
  const line = facts.headed && !isIndented(text) ? facts.text : text.trimEnd();
  if (level !== undefined && draft.metadata.level === undefined && open.expecting === 'nothing') {
    draft.metadata.level = level;
    if (twoLines && open.more.length === 0) takeSecondHeader(draft, facts);
    else open.more.push(`\n${line}`);
  } else if (open.empty) {
    const body = text.trim();
    open.empty = isEmptyBody(body);
    if (open.empty) draft.metadata.header = [draft.metadata.header, body].filter((part) => typeof part === 'string').join(' ');
    else draft.text = body;
    if (level !== undefined) draft.metadata.level ??= level;
  } else open.more.push(`\n${line}`);
  open.size += text.length;
  open.expecting = isPaddedKey(text) ? 'fields' : expectingAfter(text, open.expecting);
  if (invalid) markInvalid(draft);
}

/** Adds a line to the paragraph it stands in: the first time and the first level that it says are the record's. */
export function extendParagraph(open: OpenRecord, text: string, facts: Facts, invalid: boolean): void {
  const draft = open.draft!;
  if (Number.isNaN(draft.time)) draft.time = facts.time;
  const { level } = facts.metadata;
  if (level !== undefined) draft.metadata.level ??= level;
  open.more.push(`\n${text.trimEnd()}`);
  open.size += text.length;
  if (invalid) markInvalid(draft);
}

/** The second line of a header: the first named the place, the message is the record's. */
function takeSecondHeader(draft: Draft, facts: Facts): void {
  const [place] = draft.text.split(' ');
  if (draft.logicalId === undefined && place !== undefined && /\w\.\w/.test(place)) draft.metadata.component = draft.logicalId = place;
  draft.text = facts.text;
}

/** The record as it is when no line will be added any more; null when there is nothing in it. */
export function finishRecord(record: OpenRecord, context: ReadContext): Draft | null {
  const { draft, more, block } = record;
  if (draft === null) return null;
  const fields = block !== null || more.length > 1 ? readBlock(block ?? more) : null;
  if (fields && Object.hasOwn(fields, 'MESSAGE')) {
    const facts = { ...emptyFacts(draft.text), time: draft.time, metadata: draft.metadata };
    delete draft.metadata.level;
    return factsDraft(readRecord(fields, facts, context), draft.raw, record);
  }
  if (more.length > 0) draft.text += more.join('');
  if (draft.event === undefined && draft.metadata.level === undefined) {
    const level = traceLevel(draft.text);
    if (level !== null) draft.metadata.level = level;
  }
  return draft;
}

/** Says of a record that it held bytes that are not UTF-8. */
export function markInvalid(draft: Draft): void {
  draft.metadata.invalid_utf8 = true;
}
