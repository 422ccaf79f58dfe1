import type { Json, JsonObject } from '../../event.ts';
import { setOwn } from '../../formats/json/setOwn.ts';

/**
 * The log records of an OpenTelemetry export in JSON (OTLP/HTTP, or a line of the Collector's file exporter), flat:
 * time, severity and body under their usual names, attributes of resource and record beside them. null for anything else.
 */
export function otlpRecords(json: Json): JsonObject[] | null {
  const resources = list(json, 'resourceLogs');
  if (!resources) return null;
  const records: JsonObject[] = [];
  for (const resource of resources) {
    const shared = attributesOf(member(member(resource, 'resource'), 'attributes'));
    for (const scope of list(resource, 'scopeLogs') ?? []) {
      for (const record of list(scope, 'logRecords') ?? []) records.push(flat(record, shared));
    }
  }
  return records;
}

function flat(record: Json, shared: readonly [string, Json][]): JsonObject {
  const out: JsonObject = {};
  for (const [name, value] of [...shared, ...attributesOf(member(record, 'attributes'))]) setOwn(out, name, value);
  const nanos = member(record, 'timeUnixNano') ?? member(record, 'observedTimeUnixNano');
  // Nanoseconds are beyond what a JSON number holds exactly; milliseconds are all we keep.
  const digits = typeof nanos === 'string' && /^\d{7,20}$/.test(nanos) ? Number(nanos.slice(0, -6)) : Number.NaN;
  if (!Number.isNaN(digits) && digits > 0) out.timestamp = digits;
  const level = member(record, 'severityText');
  if (typeof level === 'string' && level !== '') out.level = level;
  for (const name of ['traceId', 'spanId']) {
    const value = member(record, name);
    if (typeof value === 'string' && value !== '') out[name === 'traceId' ? 'trace_id' : 'span_id'] = value;
  }
  const body = plain(member(record, 'body'));
  out.message = typeof body === 'string' ? body : JSON.stringify(body);
  return out;
}

const member = (json: Json | undefined, name: string): Json | undefined =>
  json !== null && typeof json === 'object' && !Array.isArray(json) && Object.hasOwn(json, name) ? json[name] : undefined;

function list(json: Json, name: string): Json[] | null {
  const value = member(json, name);
  return Array.isArray(value) ? value : null;
}

const attributesOf = (json: Json | undefined): [string, Json][] =>
  Array.isArray(json) ? json.map((entry) => [String(member(entry, 'key') ?? ''), plain(member(entry, 'value'))]) : [];

/** OTLP's AnyValue as plain JSON. */
function plain(value: Json | undefined): Json {
  for (const kind of ['stringValue', 'intValue', 'doubleValue', 'boolValue', 'bytesValue']) {
    const found = member(value, kind);
    if (found !== undefined) return found;
  }
  const array = member(member(value, 'arrayValue'), 'values');
  if (Array.isArray(array)) return array.map(plain);
  const map = member(member(value, 'kvlistValue'), 'values');
  if (!Array.isArray(map)) return null;
  const out: JsonObject = {};
  for (const [name, inner] of attributesOf(map)) setOwn(out, name, inner);
  return out;
}
