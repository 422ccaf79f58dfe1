import type { Json, JsonObject } from '../../../event.ts';
import { deepest, flatRecord, type Attribute, type LogParts } from '../../../formats/json/otlp.ts';
import { setOwn } from '../../../formats/json/setOwn.ts';
import { ProtobufCursor, wire } from '../../../formats/bytes/protobufCursor.ts';

/** Fields as tags: number and kind. */
const bytesTag = (field: number) => field * 8 + wire.bytes;

/**
 * The log records of an export in protobuf, flat, as `unpackOtlp` makes them of JSON.
 * Source of the numbers: opentelemetry-proto, collector/logs/v1/logs_service.proto, logs/v1/logs.proto, common/v1/common.proto.
 */
export function readOtlpProtobuf(bytes: Uint8Array): JsonObject[] {
  const cursor = new ProtobufCursor(bytes);
  const records: JsonObject[] = [];
  while (cursor.at < cursor.length) {
    const tag = cursor.varint();
    if (tag === bytesTag(1)) readResourceLogs(cursor, cursor.enter(), records);
    else cursor.skip(tag);
  }
  return records;
}

/** Calls `read` for each field of the message that ends there; what it does not take is passed over. */
function eachIn(cursor: ProtobufCursor, end: number, read: (tag: number) => boolean): void {
  while (cursor.at < end) {
    const tag = cursor.varint();
    if (!read(tag)) cursor.skip(tag);
  }
  if (cursor.at > end) throw new SyntaxError('not protobuf: a field is longer than its message');
}

/** Messages that stand in a field of another one, which is passed over: where each begins and ends. */
type Span = readonly [from: number, to: number];

function readSpan(cursor: ProtobufCursor): Span {
  const to = cursor.enter();
  const from = cursor.at;
  cursor.at = to;
  return [from, to];
}

function readResourceLogs(cursor: ProtobufCursor, end: number, records: JsonObject[]): void {
  const shared: Attribute[] = [];
  // What holds for all may stand behind them.
  const scopes: Span[] = [];
  eachIn(cursor, end, (tag) => {
    if (tag === bytesTag(1)) eachIn(cursor, cursor.enter(), (inner) => inner === bytesTag(1) && addAttribute(cursor, shared));
    else if (tag === bytesTag(2)) scopes.push(readSpan(cursor));
    else return false;
    return true;
  });
  const behind = cursor.at;
  for (const [from, to] of scopes) {
    cursor.at = from;
    readScopeLogs(cursor, to, shared, records);
  }
  cursor.at = behind;
}

function readScopeLogs(cursor: ProtobufCursor, end: number, shared: readonly Attribute[], records: JsonObject[]): void {
  let name = '';
  const spans: Span[] = [];
  eachIn(cursor, end, (tag) => {
    if (tag === bytesTag(1))
      eachIn(cursor, cursor.enter(), (inner) => {
        if (inner !== bytesTag(1)) return false;
        name = cursor.text();
        return true;
      });
    else if (tag === bytesTag(2)) spans.push(readSpan(cursor));
    else return false;
    return true;
  });
  const beside: readonly Attribute[] = name === '' ? shared : [...shared, ['scope', name]];
  const behind = cursor.at;
  for (const [from, to] of spans) {
    cursor.at = from;
    records.push(readLogRecord(cursor, to, beside));
  }
  cursor.at = behind;
}

function readLogRecord(cursor: ProtobufCursor, end: number, shared: readonly Attribute[]): JsonObject {
  const parts: LogParts = {
    attributes: [],
    time: 0,
    observed: 0,
    severity: 0,
    severityText: '',
    body: null,
    traceId: '',
    spanId: '',
    eventName: '',
  };
  while (cursor.at < end) {
    const tag = cursor.varint();
    switch (tag) {
      case 1 * 8 + wire.bit64:
        parts.time = cursor.nanosAsMillis();
        break;
      case 2 * 8 + wire.varint:
        parts.severity = cursor.varint();
        break;
      case bytesTag(3):
        parts.severityText = cursor.text();
        break;
      case bytesTag(5):
        parts.body = readAnyValue(cursor, cursor.enter(), 0);
        break;
      case bytesTag(6):
        addAttribute(cursor, parts.attributes);
        break;
      case bytesTag(9):
        parts.traceId = cursor.bytes('hex');
        break;
      case bytesTag(10):
        parts.spanId = cursor.bytes('hex');
        break;
      case 11 * 8 + wire.bit64:
        parts.observed = cursor.nanosAsMillis();
        break;
      case bytesTag(12):
        parts.eventName = cursor.text();
        break;
      default:
        cursor.skip(tag);
    }
  }
  if (cursor.at > end) throw new SyntaxError('not protobuf: a field is longer than its message');
  return flatRecord(parts, shared);
}

function addAttribute(cursor: ProtobufCursor, attributes: Attribute[], depth = 0): true {
  const end = cursor.enter();
  let key = '';
  let value: Json = null;
  while (cursor.at < end) {
    const tag = cursor.varint();
    if (tag === bytesTag(1)) key = cursor.text();
    else if (tag === bytesTag(2)) value = readAnyValue(cursor, cursor.enter(), depth);
    else cursor.skip(tag);
  }
  attributes.push([key, value]);
  return true;
}

function readAnyValue(cursor: ProtobufCursor, end: number, depth: number): Json {
  let value: Json = null;
  if (depth > deepest) {
    cursor.at = end;
    return null;
  }
  while (cursor.at < end) {
    const tag = cursor.varint();
    switch (tag) {
      case bytesTag(1):
        value = cursor.text();
        break;
      case 2 * 8 + wire.varint:
        value = cursor.varint() !== 0;
        break;
      case 3 * 8 + wire.varint:
        value = cursor.int64();
        break;
      case 4 * 8 + wire.bit64:
        value = finite(cursor.double());
        break;
      case bytesTag(5):
        value = readArray(cursor, cursor.enter(), depth + 1);
        break;
      case bytesTag(6):
        value = readMap(cursor, cursor.enter(), depth + 1);
        break;
      case bytesTag(7):
        value = cursor.bytes('base64');
        break;
      default:
        cursor.skip(tag);
    }
  }
  if (cursor.at > end) throw new SyntaxError('not protobuf: a field is longer than its message');
  return value;
}

/** JSON has no others. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function readArray(cursor: ProtobufCursor, end: number, depth: number): Json[] {
  const values: Json[] = [];
  eachIn(cursor, end, (tag) => tag === bytesTag(1) && values.push(readAnyValue(cursor, cursor.enter(), depth)) > 0);
  return values;
}

function readMap(cursor: ProtobufCursor, end: number, depth: number): JsonObject {
  const pairs: Attribute[] = [];
  eachIn(cursor, end, (tag) => tag === bytesTag(1) && addAttribute(cursor, pairs, depth));
  const out: JsonObject = {};
  for (const [name, inner] of pairs) setOwn(out, name, inner);
  return out;
}
