import { levels, type Json, type JsonObject } from '../../event.ts';
import { setOwn } from './setOwn.ts';

/**
 * The log records of an OpenTelemetry export in JSON (OTLP/HTTP, or a line of the Collector's file exporter), flat:
 * time, severity and body under their usual names, attributes of resource and record beside them. null for anything else.
 */
export function unpackOtlp(json: Json): JsonObject[] | null {
  const resources = list(json, 'resourceLogs');
  if (!resources) return null;
  const records: JsonObject[] = [];
  for (const resource of resources) {
    const shared = readAttributes(member(member(resource, 'resource'), 'attributes'));
    for (const scope of list(resource, 'scopeLogs') ?? list(resource, 'instrumentationLibraryLogs') ?? []) {
      const name = member(member(scope, 'scope'), 'name');
      const beside = typeof name === 'string' && name !== '' ? [...shared, ['scope', name] as Attribute] : shared;
      for (const record of list(scope, 'logRecords') ?? []) records.push(flat(record, beside));
    }
  }
  return records;
}

/** A name and its value. */
export type Attribute = readonly [name: string, value: Json];

/** A log record by its parts, whatever it was written in. Texts are empty and numbers 0 where it has none. */
export interface LogParts {
  attributes: Attribute[];
  /** When it was, and when it was seen, milliseconds since 1970. */
  time: number;
  observed: number;
  severity: number;
  severityText: string;
  body: Json;
  traceId: string;
  spanId: string;
  eventName: string;
}

/** A record with what holds for all of its resource and scope, flat. */
export function flatRecord(parts: LogParts, shared: readonly Attribute[]): JsonObject {
  const { attributes, time, observed, severity, severityText, body, traceId, spanId, eventName } = parts;
  const out: JsonObject = {};
  for (const [name, value] of shared) setOwn(out, name, value);
  for (const [name, value] of attributes) setOwn(out, name, value);
  if (time > 0 || observed > 0) out.timestamp = time > 0 ? time : observed;
  const level = readSeverityNumber(severity);
  if (level !== null) out.level = level;
  else if (severityText !== '') out.level = severityText;
  if (level !== null && severityText !== '' && severityText.toUpperCase() !== level) out.severity_text = severityText;
  if (traceId !== '') out.trace_id = traceId;
  if (spanId !== '') out.span_id = spanId;
  if (eventName !== '') out.event_name = eventName;
  out.message = typeof body === 'string' ? body : JSON.stringify(body);
  return out;
}

function flat(record: Json, shared: readonly Attribute[]): JsonObject {
  const text = (name: string): string => {
    const value = member(record, name);
    return typeof value === 'string' ? value : '';
  };
  return flatRecord(
    {
      attributes: readAttributes(member(record, 'attributes')),
      time: readMillis(member(record, 'timeUnixNano')),
      observed: readMillis(member(record, 'observedTimeUnixNano')),
      severity: readSeverity(member(record, 'severityNumber')),
      severityText: text('severityText'),
      body: plain(member(record, 'body')),
      traceId: text('traceId'),
      spanId: text('spanId'),
      eventName: text('eventName'),
    },
    shared,
  );
}

/** Nanoseconds are beyond what a JSON number holds exactly; milliseconds are all we keep. 0 where there is none. */
function readMillis(nanos: Json | undefined): number {
  if (typeof nanos === 'number') return nanos > 0 && nanos < 1e20 ? Math.floor(nanos / 1e6) : 0;
  return typeof nanos === 'string' && /^\d{7,20}$/.test(nanos) ? Number(nanos.slice(0, -6)) : 0;
}

/** The number of a severity, or its name as JSON of protobuf may have it (`SEVERITY_NUMBER_ERROR2`); 0 where there is none. */
function readSeverity(value: Json | undefined): number {
  const named = typeof value === 'string' ? /^SEVERITY_NUMBER_([A-Z]+)([2-4]?)$/.exec(value) : null;
  if (!named) return Number(value ?? 0);
  const level = levels.findIndex((name) => name === named[1]);
  return level < 0 ? 0 : level * 4 + Number(named[2] || 1);
}

/** 1 to 4 TRACE, 5 to 8 DEBUG, and so on to 21 to 24 FATAL (OpenTelemetry logs data model, "Severity Fields"); null for others. */
function readSeverityNumber(number: number): string | null {
  return Number.isInteger(number) && number >= 1 && number <= 24 ? levels[Math.floor((number - 1) / 4)]! : null;
}

const member = (json: Json | undefined, name: string): Json | undefined =>
  json !== null && typeof json === 'object' && !Array.isArray(json) && Object.hasOwn(json, name) ? json[name] : undefined;

function list(json: Json, name: string): Json[] | null {
  const value = member(json, name);
  return Array.isArray(value) ? value : null;
}

const readAttributes = (json: Json | undefined, depth = 0): Attribute[] =>
  Array.isArray(json) ? json.map((entry) => [String(member(entry, 'key') ?? ''), plain(member(entry, 'value'), depth)]) : [];

/** Lists and maps in each other beyond this are left out: nothing real is deeper, and hostile bodies must not fill the stack. */
export const deepest = 20;

/** OTLP's AnyValue as plain JSON. */
function plain(value: Json | undefined, depth = 0): Json {
  if (depth > deepest) return null;
  for (const kind of ['stringValue', 'intValue', 'doubleValue', 'boolValue', 'bytesValue']) {
    const found = member(value, kind);
    if (found !== undefined) return found;
  }
  const array = member(member(value, 'arrayValue'), 'values');
  if (Array.isArray(array)) return array.map((item) => plain(item, depth + 1));
  const map = member(member(value, 'kvlistValue'), 'values');
  if (!Array.isArray(map)) return null;
  const out: JsonObject = {};
  for (const [name, inner] of readAttributes(map, depth + 1)) setOwn(out, name, inner);
  return out;
}
