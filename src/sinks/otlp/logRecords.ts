import { levels, parseLevel, type Json, type JsonObject, type Level } from '../../event.ts';
import { isObject } from '../../base/isObject.ts';
import type { Parcel } from '../shipping/parcel.ts';

/** By the severities of a finding. What is over is no trouble, whatever it was. */
const severities: Readonly<Record<string, Level>> = { critical: 'FATAL', warning: 'WARN', info: 'INFO' };
/** Rows of a radar that its body names. */
const mostRows = 5;

/**
 * Records as an export of logs in OTLP's JSON. A finding is a LogRecord with the event name `caducus.finding`, its title as
 * the body and its fields as attributes; a radar one with its first rows; an event the record that it was, with its metadata.
 * Source: OpenTelemetry logs data model; opentelemetry-proto, "JSON Protobuf Encoding".
 *
 * @param now when they are sent, milliseconds since 1970
 */
export function writeExport(parcels: readonly Parcel[], { pipeline, now }: { pipeline: string; now: number }): JsonObject {
  const resource = { attributes: writeAttributes({ 'service.name': 'caducus', 'caducus.pipeline': pipeline }) };
  const logRecords = parcels.map((parcel) => writeLogRecord(parcel, now));
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'caducus' }, logRecords }] }] };
}

function writeLogRecord(parcel: Parcel, now: number): JsonObject {
  const { id, kind, time } = parcel;
  const { level, body, attributes } = (kinds[kind] ?? other)(parcel.record);
  return {
    timeUnixNano: toNanos(time),
    observedTimeUnixNano: toNanos(now),
    ...(level && { severityNumber: levels.indexOf(level) * 4 + 1, severityText: level }),
    ...(kind !== 'event' && { eventName: `caducus.${kind}` }),
    body: { stringValue: body },
    attributes: writeAttributes({ 'log.record.uid': id, ...attributes }),
  };
}

interface Content {
  level: Level | null;
  body: string;
  attributes: JsonObject;
}

const other = (record: JsonObject): Content => ({ level: null, body: JSON.stringify(record), attributes: prefixed(record) });

const kinds: Readonly<Record<string, (record: JsonObject) => Content>> = {
  finding(record) {
    const { severity, state, title } = record;
    const level = state === 'resolved' ? 'INFO' : (severities[String(severity)] ?? null);
    return { level, body: String(title), attributes: prefixed(record) };
  },
  radar(record) {
    const rows = (Array.isArray(record['blips']) ? record['blips'] : []).filter(isObject);
    const named = rows.slice(0, mostRows).map(({ score, label }) => `${String(score)} ${String(label)}`);
    return { level: 'INFO', body: named.length > 0 ? named.join(' | ') : 'nothing unusual', attributes: prefixed(record) };
  },
  event(record) {
    const { text, metadata, id, source, group_id } = record;
    const own = isObject(metadata) ? metadata : {};
    const beside = { 'caducus.event_id': id ?? null, 'caducus.source': source ?? null, 'caducus.group_id': group_id ?? null };
    return { level: parseLevel(own['level']), body: String(text), attributes: { ...own, ...beside } };
  },
};

/** Under names of our own; the kind stands in the event name. */
const prefixed = ({ kind: _, ...record }: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [`caducus.${name}`, value]));

const toNanos = (ms: number): string => `${Math.max(0, Math.round(ms))}000000`;

/** null is no value: it is left out. */
const writeAttributes = (values: JsonObject): Json[] =>
  Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [{ key, value: writeValue(value) }]));

function writeValue(value: Json): JsonObject {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(writeValue) } };
  return value === null ? {} : { kvlistValue: { values: writeAttributes(value) } };
}
