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
      const beside = typeof name === 'string' && name !== '' ? [...shared, ['scope', name] as [string, Json]] : shared;
      for (const record of list(scope, 'logRecords') ?? []) records.push(flat(record, beside));
    }
  }
  return records;
}

function flat(record: Json, shared: readonly [string, Json][]): JsonObject {
  const out: JsonObject = {};
  for (const [name, value] of [...shared, ...readAttributes(member(record, 'attributes'))]) setOwn(out, name, value);
  const nanos = member(record, 'timeUnixNano') ?? member(record, 'observedTimeUnixNano');
  // Nanoseconds are beyond what a JSON number holds exactly; milliseconds are all we keep.
  const digits = typeof nanos === 'string' && /^\d{7,20}$/.test(nanos) ? Number(nanos.slice(0, -6)) : Number.NaN;
  if (!Number.isNaN(digits) && digits > 0) out.timestamp = digits;
  const text = member(record, 'severityText');
  const level = readSeverityNumber(member(record, 'severityNumber'));
  if (level !== null) out.level = level;
  else if (typeof text === 'string' && text !== '') out.level = text;
  if (level !== null && typeof text === 'string' && text !== '' && text.toUpperCase() !== level) out.severity_text = text;
  for (const name of ['traceId', 'spanId']) {
    const value = member(record, name);
    if (typeof value === 'string' && value !== '') out[name === 'traceId' ? 'trace_id' : 'span_id'] = value;
  }
  const body = plain(member(record, 'body'));
  const name = member(record, 'eventName');
  if (typeof name === 'string' && name !== '') setOwn(out, 'event_name', name);
  out.message = typeof body === 'string' ? body : JSON.stringify(body);
  return out;
}

/** 1 to 4 TRACE, 5 to 8 DEBUG, and so on to 21 to 24 FATAL (OpenTelemetry logs data model, "Severity Fields"); null for others. */
function readSeverityNumber(value: Json | undefined): string | null {
  const number = Number(value ?? 0);
  return Number.isInteger(number) && number >= 1 && number <= 24 ? levels[Math.floor((number - 1) / 4)]! : null;
}

const member = (json: Json | undefined, name: string): Json | undefined =>
  json !== null && typeof json === 'object' && !Array.isArray(json) && Object.hasOwn(json, name) ? json[name] : undefined;

function list(json: Json, name: string): Json[] | null {
  const value = member(json, name);
  return Array.isArray(value) ? value : null;
}

const readAttributes = (json: Json | undefined, depth = 0): [string, Json][] =>
  Array.isArray(json) ? json.map((entry) => [String(member(entry, 'key') ?? ''), plain(member(entry, 'value'), depth)]) : [];

/** Lists and maps in each other beyond this are left out: nothing real is deeper, and hostile bodies must not fill the stack. */
const deepest = 20;

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
