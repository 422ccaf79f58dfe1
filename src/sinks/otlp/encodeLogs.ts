import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';

/** Writes the value of a field. */
type Write = (writer: BinaryWriter, number: number, value: Json) => void;

/** A message: which field of the JSON goes under which number, and how. */
const message =
  (fields: Readonly<Record<string, readonly [number, Write]>>): Write =>
  (writer, number, value) => {
    writer.tag(number, WireType.LengthDelimited).fork();
    writeFields(writer, fields, isObject(value) ? value : {});
    writer.join();
  };

function writeFields(writer: BinaryWriter, fields: Readonly<Record<string, readonly [number, Write]>>, value: JsonObject): void {
  for (const [name, [number, write]] of Object.entries(fields)) {
    const inner = value[name];
    if (inner !== undefined && inner !== null) write(writer, number, inner);
  }
}

const repeated =
  (write: Write): Write =>
  (writer, number, values) => {
    for (const value of Array.isArray(values) ? values : []) write(writer, number, value);
  };

const text: Write = (writer, number, value) => void writer.tag(number, WireType.LengthDelimited).string(String(value));
const fixed: Write = (writer, number, value) => void writer.tag(number, WireType.Bit64).fixed64(String(value));
const small: Write = (writer, number, value) => void writer.tag(number, WireType.Varint).int32(Number(value));
const large: Write = (writer, number, value) => void writer.tag(number, WireType.Varint).int64(String(value));
const real: Write = (writer, number, value) => void writer.tag(number, WireType.Bit64).double(Number(value));
const flag: Write = (writer, number, value) => void writer.tag(number, WireType.Varint).bool(value === true);

const anyValue: Write = (writer, number, value) => writeAny(writer, number, value);
const keyValue = message({ key: [1, text], value: [2, anyValue] });
const writeAny = message({
  stringValue: [1, text],
  boolValue: [2, flag],
  intValue: [3, large],
  doubleValue: [4, real],
  arrayValue: [5, message({ values: [1, repeated(anyValue)] })],
  kvlistValue: [6, message({ values: [1, repeated(keyValue)] })],
});
const attributes = repeated(keyValue);
const logRecord = message({
  timeUnixNano: [1, fixed],
  severityNumber: [2, small],
  severityText: [3, text],
  body: [5, anyValue],
  attributes: [6, attributes],
  observedTimeUnixNano: [11, fixed],
  eventName: [12, text],
});
const scopeLogs = message({ scope: [1, message({ name: [1, text] })], logRecords: [2, repeated(logRecord)] });
const resourceLogs = message({ resource: [1, message({ attributes: [1, attributes] })], scopeLogs: [2, repeated(scopeLogs)] });

/**
 * An export of logs in OTLP's JSON as the same thing in protobuf.
 * Source of the numbers: opentelemetry-proto, collector/logs/v1/logs_service.proto, logs/v1/logs.proto, common/v1/common.proto.
 */
export function encodeLogs(logs: JsonObject): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writeFields(writer, { resourceLogs: [1, repeated(resourceLogs)] }, logs);
  return new Uint8Array(writer.finish());
}
