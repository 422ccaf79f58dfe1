import { fieldAt } from '../../../config/scalars.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { FieldsOption } from '../../formats/json/fieldNames.ts';
import type { FormatItem } from '../../formats/format.ts';
import { ndjson } from '../../formats/json/ndjson.ts';
import type { Signal } from '../../signal.ts';
import { signalMaker } from '../toSignals.ts';
import { openEnvelope } from '../../formats/messages/openEnvelope.ts';
import { readShipped } from './shippers/readShipped.ts';
import { recogniseShipped } from './shippers/recogniseShipped.ts';
import type { Shipped } from './shippers/protocol.ts';
import { splitDocuments } from './shippers/splitDocuments.ts';
import { shortHash } from '../shortHash.ts';
import type { Decode, DecodeContext, Delivery } from './decode.ts';
import { messageRecords } from './messageBody.ts';
import { unpackOtlp } from '../../formats/json/otlp.ts';

/** One JSON object a line; an OpenTelemetry export in a line is unfolded. A body that is one document is read as one. */
export const ndjsonBody: Decode = async (body, context) => {
  if (isOneDocument(body)) return jsonBody(body, context);
  const shipped = Object.keys(context.options.fields).length === 0 ? recogniseEvents(body) : null;
  if (shipped !== null) return { records: readShipped(shipped, context) };
  const apart = apartDocuments(body);
  if (apart !== null) return ndjsonBody(apart, context);
  // Only OpenTelemetry's own lines need to be opened; all others go to the parser as they came.
  if (!body.includes('"resourceLogs"')) return { records: makeRecords(body, context, context.options.fields) };
  const lines = body
    .toString('utf8')
    .split('\n')
    .map((line) => unfolded(line));
  return { records: makeRecords(Buffer.from(lines.join('\n')), context, context.options.fields) };
};

/** A JSON object, or an array of them, or several one after the other, or what stands at `records`. */
export const jsonBody: Decode = async (body, context) => {
  const text = body.toString('utf8');
  const json = parseDocuments(text);
  const { records } = context.options;
  const found = (records === undefined ? (unpackOtlp(json) ?? json) : fieldAt(json, records)) as Json | undefined;
  if (found === undefined || found === null || typeof found !== 'object')
    return { refuse: records === undefined ? 'expected a JSON object or array' : `nothing at ${records}` };
  const shipped = Object.keys(context.options.fields).length === 0 ? recogniseShipped(found) : null;
  if (shipped) return { records: readShipped(shipped, context) };
  const list = (Array.isArray(found) ? found : [found]) as Json[];
  return { records: jsonRecords(list, found, context) };
};

/**
 * One object on one line: the same records as `ndjsonBody` makes of it, at a fraction of the cost. null for what is no such
 * object, or holds several records.
 */
export function readObject(body: Buffer, context: DecodeContext): Signal[] | null {
  let json: Json;
  try {
    json = JSON.parse(body.toString('utf8')) as Json;
  } catch {
    // Perhaps several documents, perhaps no JSON at all.
    return null;
  }
  if (unpackOtlp(json) !== null || openEnvelope(json) !== null || recogniseShipped(json) !== null) return null;
  return messageRecords(json, context) ?? makeRecords(body, context, context.options.fields);
}

/** Notifications of senders that are known say what they mean, unless the user says what stands where; all else is a record as it is. */
function jsonRecords(list: readonly Json[], whole: Json, context: DecodeContext): Signal[] {
  const lines = (some: readonly Json[]) => Buffer.from(some.map((record) => JSON.stringify(record)).join('\n'));
  if (Object.keys(context.options.fields).length > 0) return makeRecords(lines(list), context, context.options.fields);
  const inside = list.map((record) => openEnvelope(record));
  if (inside.some((objects) => objects !== null)) {
    const opened = inside.flatMap((objects, index) => objects ?? [list[index]!]);
    return jsonRecords(opened, opened.length === 1 ? opened[0]! : opened, context);
  }
  const group = messageRecords(whole, context);
  if (group) return group;
  const read = list.map((record) => messageRecords(record, context));
  if (read.every((records) => records === null)) return makeRecords(lines(list), context, context.options.fields);
  return read.flatMap(
    (records, index) =>
      records ?? makeRecords(lines([list[index]!]), { ...context, request: `${context.request}-${index}` }, context.options.fields),
  );
}

/** The document of a body; several one after the other are a list. Throws the SyntaxError of one that is none. */
function parseDocuments(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const documents = splitDocuments(text);
    if (documents.length < 2 || !documents.every((document) => holdsJson(document))) throw error;
    return documents.flatMap((document) => JSON.parse(document) as Json | Json[]);
  }
}

/** Lines with several documents, or with an array of them, and documents of several lines: each document on a line of its own. null where there are none. */
function apartDocuments(body: Buffer): Buffer | null {
  const text = body.toString('utf8');
  const lines = text.split('\n');
  // Documents of several lines each.
  if (/^\s*[[{]\s*$/.test(lines[0]!)) {
    const whole = splitDocuments(text);
    if (whole.length > 1 && whole.every((one) => holdsJson(one)))
      return Buffer.from(whole.map((one) => JSON.stringify(JSON.parse(one))).join('\n'));
  }
  const isSeveral = (line: string) => (/^\s*\[/.test(line) && holdsJson(line)) || (/\}\s*\{/.test(line) && !holdsJson(line));
  if (!lines.some((line) => isSeveral(line))) return null;
  const documents = (line: string) => {
    const parts = splitDocuments(line);
    if (!isSeveral(line) || !parts.every((part) => holdsJson(part))) return [line];
    return parts.flatMap((part) => JSON.parse(part) as Json | Json[]).map((one) => JSON.stringify(one));
  };
  const apart = lines.flatMap(documents).join('\n');
  return apart === lines.join('\n') ? null : Buffer.from(apart);
}

/** Events of Splunk's collector, one after the other. */
function recogniseEvents(body: Buffer): Shipped[] | null {
  if (!body.includes('"event"')) return null;
  const documents = splitDocuments(body.toString('utf8'));
  return documents.every((one) => holdsJson(one)) ? recogniseShipped(documents.map((one) => JSON.parse(one) as Json)) : null;
}

/** Whether a body is one JSON object or array, in a line or in many: a single one, or one whose first line alone is none. */
function isOneDocument(body: Buffer): boolean {
  const text = body.toString('utf8').trim();
  const end = text.indexOf('\n');
  if (end >= 0 && holdsJson(text.slice(0, end))) return false;
  return (text.startsWith('{') || text.startsWith('[')) && holdsJson(text);
}

function holdsJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function unfolded(line: string): string {
  if (!line.includes('"resourceLogs"')) return line;
  try {
    const records = unpackOtlp(JSON.parse(line) as Json);
    return records ? records.map((record: JsonObject) => JSON.stringify(record)).join('\n') : line;
  } catch {
    // The parser refuses it with the reason, and keeps it.
    return line;
  }
}

/** What is not understood becomes a rejected record, so that one bad line does not turn back a thousand good ones. */
function makeRecords(bytes: Uint8Array, { id, now, request, kind = 'http' }: Delivery, fields: FieldsOption): Signal[] {
  const parser = ndjson.create(ndjson.options.parse({ fields }), { reference: now }, null);
  const items = [...parser.push(bytes), ...parser.end()];
  const make = signalMaker({ source: id });
  const prefix = `${kind}-${shortHash([id], 8)}-${request}`;
  return items.flatMap((item: FormatItem, index) => {
    const signals = make([item]);
    for (const signal of signals) {
      // Two equal bodies are two deliveries: without an id of their own, records are named by request and place.
      if (signal.kind === 'event' && item.kind === 'draft' && item.id === undefined && item.event === undefined) {
        signal.event.id = `${prefix}-${index.toString(36).padStart(4, '0')}`;
      }
    }
    return signals;
  });
}
