import type { Json, JsonObject } from '../../event.ts';
import { setOwn } from './setOwn.ts';

const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter((item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item)) : [];

/** `{ stringValue: "x" }` as `"x"`; lists and maps likewise. */
function plainValue(value: Json | undefined, depth = 0): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 20) return value ?? null;
  const [kind, inner] = Object.entries(value)[0] ?? [];
  if (kind === 'arrayValue') return objects((inner as JsonObject).values).map((item) => plainValue(item, depth + 1));
  if (kind === 'kvlistValue') return attributesOf((inner as JsonObject).values, depth + 1);
  return inner ?? null;
}

/** `[{ key, value }]` as an object. */
function attributesOf(list: Json | undefined, depth = 0): JsonObject {
  const attributes: JsonObject = {};
  for (const { key, value } of objects(list)) if (typeof key === 'string') setOwn(attributes, key, plainValue(value, depth));
  return attributes;
}

/** The log records of a request of OpenTelemetry in JSON, each with the attributes of its resource; null for anything else. */
export function unpackOtlp(document: JsonObject): JsonObject[] | null {
  if (!Array.isArray(document.resourceLogs)) return null;
  const records: JsonObject[] = [];
  for (const { resource, scopeLogs, instrumentationLibraryLogs } of objects(document.resourceLogs)) {
    const around = attributesOf((resource as JsonObject | undefined)?.attributes);
    for (const { logRecords, scope } of objects(scopeLogs ?? instrumentationLibraryLogs)) {
      const name = (scope as JsonObject | undefined)?.name;
      for (const record of objects(logRecords)) {
        const { attributes, body, ...rest } = record;
        records.push({
          ...around,
          ...(typeof name === 'string' && { scope: name }),
          ...attributesOf(attributes),
          ...rest,
          body: plainValue(body),
        });
      }
    }
  }
  return records;
}
