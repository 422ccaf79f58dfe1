/**
 * The schema of what this release writes. Fields may be added under the same number; it rises when one gets another
 * meaning. A record without one is of a release before records had it, and is read as one of schema 1; of one with a
 * higher number nobody here knows what it means.
 */
export const SCHEMA = 1;

/** A record as JSON text, with its schema as the last field where it does not name one itself. */
export function recordText(record: object): string {
  const text = JSON.stringify(record);
  if ('schema' in record) return text;
  return text === '{}' ? `{"schema":${SCHEMA}}` : `${text.slice(0, -1)},"schema":${SCHEMA}}`;
}

/** The same as a line. */
export const recordLine = (record: object): string => `${recordText(record)}\n`;

/** The record with its schema; of a list, each record of it. Anything else is as it was. */
export function withSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSchema);
  return typeof value === 'object' && value !== null && !('schema' in value) ? { ...value, schema: SCHEMA } : value;
}

/** A record that was read, without the schema it was written in. */
export function withoutSchema<T extends object>(record: T): T {
  if (!('schema' in record)) return record;
  const { schema: _, ...rest } = record;
  return rest as T;
}

/** Whether what was parsed is of a later release, whose fields may mean something else. */
export const isNewer = (parsed: unknown): boolean =>
  typeof parsed === 'object' &&
  parsed !== null &&
  typeof Reflect.get(parsed, 'schema') === 'number' &&
  Reflect.get(parsed, 'schema') > SCHEMA;
