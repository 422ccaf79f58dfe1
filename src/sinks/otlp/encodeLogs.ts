import { isObject } from '../../base/isObject.ts';
import { ProtobufWriter } from '../../formats/bytes/protobufWriter.ts';
import type { Json, JsonObject } from '../../event.ts';

/** Writes the value of a field. */
type Write = (writer: ProtobufWriter, number: number, value: Json) => void;

/** A message: which field of the JSON goes under which number, and how. */
const message =
  (fields: Readonly<Record<string, readonly [number, Write]>>): Write =>
  (writer, number, value) => {
    writer.begin(number);
    writeFields(writer, fields, isObject(value) ? value : {});
    writer.end();
  };

function writeFields(writer: ProtobufWriter, fields: Readonly<Record<string, readonly [number, Write]>>, value: JsonObject): void {
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

const text: Write = (writer, number, value) => void writer.text(number, String(value));
const fixed: Write = (writer, number, value) => void writer.fixed64(number, String(value));
const whole: Write = (writer, number, value) => void writer.int(number, String(value));
const real: Write = (writer, number, value) => void writer.double(number, Number(value));
const flag: Write = (writer, number, value) => void writer.int(number, value === true ? 1 : 0);

const anyValue: Write = (writer, number, value) => writeAny(writer, number, value);
const keyValue = message({ key: [1, text], value: [2, anyValue] });
const writeAny = message({
  stringValue: [1, text],
  boolValue: [2, flag],
  intValue: [3, whole],
  doubleValue: [4, real],
  arrayValue: [5, message({ values: [1, repeated(anyValue)] })],
  kvlistValue: [6, message({ values: [1, repeated(keyValue)] })],
});
const attributes = repeated(keyValue);
const logRecord = message({
  timeUnixNano: [1, fixed],
  severityNumber: [2, whole],
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
  const writer = new ProtobufWriter();
  writeFields(writer, { resourceLogs: [1, repeated(resourceLogs)] }, logs);
  return writer.finish();
}
