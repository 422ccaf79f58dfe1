import type { BinaryReader } from '@bufbuild/protobuf/wire';
import type { Json, JsonObject } from '../../../event.ts';
import { eachField } from './eachField.ts';

/**
 * An export of logs in protobuf as the same thing in OTLP's JSON.
 * Source of the numbers: opentelemetry-proto, collector/logs/v1/logs_service.proto, logs/v1/logs.proto, common/v1/common.proto.
 */
export function readOtlpProtobuf(bytes: Uint8Array): Json {
  return { resourceLogs: readAll(bytes, 1, readResourceLogs) };
}

/** All messages in a repeated field. */
function readAll<T>(bytes: Uint8Array, wanted: number, read: (bytes: Uint8Array) => T): T[] {
  const found: T[] = [];
  eachField(bytes, (field, reader) => {
    if (field !== wanted) return false;
    found.push(read(reader.bytes()));
    return true;
  });
  return found;
}

/** A message as an object: what stands in a field goes under its name. */
function readObject(
  bytes: Uint8Array,
  fields: Readonly<Record<number, readonly [string, (reader: BinaryReader) => Json, 'repeated'?]>>,
): JsonObject {
  const out: JsonObject = {};
  eachField(bytes, (field, reader) => {
    const known = fields[field];
    if (!known) return false;
    const [name, read, repeated] = known;
    if (repeated) ((out[name] ??= []) as Json[]).push(read(reader));
    else out[name] = read(reader);
    return true;
  });
  return out;
}

const text = (reader: BinaryReader): Json => reader.string();
const nanos = (reader: BinaryReader): Json => String(reader.fixed64());
const hex = (reader: BinaryReader): Json => Buffer.from(reader.bytes()).toString('hex');
const within =
  (read: (bytes: Uint8Array) => Json) =>
  (reader: BinaryReader): Json =>
    read(reader.bytes());

const readResourceLogs = (bytes: Uint8Array): JsonObject =>
  readObject(bytes, { 1: ['resource', within(readAttributes(1))], 2: ['scopeLogs', within(readScopeLogs), 'repeated'] });

const readScopeLogs = (bytes: Uint8Array): JsonObject =>
  readObject(bytes, {
    1: ['scope', within((scope) => readObject(scope, { 1: ['name', text], 2: ['version', text] }))],
    2: ['logRecords', within(readLogRecord), 'repeated'],
  });

/** A resource: attributes in a field of that number. */
function readAttributes(field: number): (bytes: Uint8Array) => JsonObject {
  return (bytes) => readObject(bytes, { [field]: ['attributes', within(readKeyValue), 'repeated'] });
}

const readLogRecord = (bytes: Uint8Array): JsonObject =>
  readObject(bytes, {
    1: ['timeUnixNano', nanos],
    2: ['severityNumber', (reader) => reader.int32()],
    3: ['severityText', text],
    5: ['body', within(readAnyValue)],
    6: ['attributes', within(readKeyValue), 'repeated'],
    9: ['traceId', hex],
    10: ['spanId', hex],
    11: ['observedTimeUnixNano', nanos],
    12: ['eventName', text],
  });

function readKeyValue(bytes: Uint8Array): JsonObject {
  return readObject(bytes, { 1: ['key', text], 2: ['value', within(readAnyValue)] });
}

function readAnyValue(bytes: Uint8Array): JsonObject {
  return readObject(bytes, {
    1: ['stringValue', text],
    2: ['boolValue', (reader) => reader.bool()],
    3: ['intValue', (reader) => String(reader.int64())],
    4: ['doubleValue', (reader) => reader.double()],
    5: ['arrayValue', within((array) => readObject(array, { 1: ['values', within(readAnyValue), 'repeated'] }))],
    6: ['kvlistValue', within((list) => readObject(list, { 1: ['values', within(readKeyValue), 'repeated'] }))],
    7: ['bytesValue', (reader) => Buffer.from(reader.bytes()).toString('base64')],
  });
}
