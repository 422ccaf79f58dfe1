import type { JsonObject } from '../../event.ts';
import { noteAccess } from '../access/noteRequest.ts';
import type { Wrapped } from './container.ts';
import type { Draft, Place } from '../format.ts';
import type { Header } from '../header/header.ts';
import { structuredBody } from './structuredBody.ts';
import type { StampClock } from '../time/stampClock.ts';
import { timeValue } from '../time/timeValue.ts';

function headerMetadata(header: Header, wrapped: Wrapped | null): JsonObject {
  const metadata: JsonObject = {};
  if (header.level !== '') metadata.level = header.level;
  if (header.host !== '') metadata.host = header.host;
  if (header.pid !== '') metadata.pid = header.pid;
  if (header.component !== '') metadata.component = header.component;
  if (header.thread !== '') metadata.thread = header.thread;
  if (header.other !== '') metadata.header = header.other;
  if (wrapped && wrapped.stream !== '') metadata.stream = wrapped.stream;
  if (wrapped && wrapped.name !== '') metadata.container = wrapped.name;
  return metadata;
}

/** A line and the header that was peeled off it as a draft; a body that is JSON or logfmt gives its fields. */
export function lineDraft(text: string, raw: string, header: Header, wrapped: Wrapped | null, clock: StampClock, place: Place): Draft {
  // A line that the runtime cut ends where the next begins, blanks included.
  const body = wrapped?.partial ? text.slice(header.bodyAt) : text.slice(header.bodyAt).trimEnd();
  const structured = structuredBody(body);
  let metadata = headerMetadata(header, wrapped);
  let time = wrapped && !Number.isNaN(wrapped.time) ? wrapped.time : header.time;
  let logicalId = header.component || wrapped?.name || '';
  if (structured) {
    const { roles, metadata: fields } = structured.picked;
    if (Number.isNaN(time) && roles.timestamp !== undefined) time = timeValue(roles.timestamp, clock);
    if (typeof roles.component === 'string') logicalId ||= roles.component;
    // The level of the message itself is the better one.
    metadata = { ...metadata, ...fields };
  } else noteAccess(metadata, text);
  return {
    kind: 'draft',
    time,
    // A header without a message says what it can.
    text: structured?.text ?? (body === '' ? text.trim() : body),
    metadata,
    raw,
    line: place.line,
    offset: place.offset,
    ...(logicalId !== '' && { logicalId }),
  };
}
