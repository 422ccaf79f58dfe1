import { fieldAt } from '../../../config/scalars.ts';
import type { Json, JsonObject } from '../../event.ts';
import { plainName, roles, usualNames, type FieldsOption, type Role } from './fieldNames.ts';
import { setOwn } from './setOwn.ts';

/** The parts of a structured record by what they stand for. */
export interface PickedFields {
  roles: Partial<Record<Role, Json>>;
  metadata: JsonObject;
}

/** Levels of pino and bunyan, which count in tens. */
const numericLevels: Record<string, string> = { 10: 'TRACE', 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };

const byName = new Map<string, { role: Role; rank: number }>();
for (const [role, names] of Object.entries(usualNames)) names.forEach((name, rank) => byName.set(name, { role: role as Role, rank }));

/** Names repeat from record to record; bounded, since they come from outside. */
const known = new Map<string, { role: Role; rank: number } | null>();
function lookUp(key: string): { role: Role; rank: number } | null {
  let found = known.get(key);
  if (found === undefined) {
    found = key.length > 32 ? null : (byName.get(plainName(key)) ?? null);
    if (known.size < 4096) known.set(key, found);
  }
  return found;
}

/**
 * Sorts the fields of an object into roles by their usual names, or by `fields` (dotted paths), and the rest into metadata.
 * Time, text, level, source and group leave the rest; a component stays in it too.
 */
export function pickFields(record: JsonObject, fields: FieldsOption): PickedFields {
  const keys: Partial<Record<Role, string>> = {};
  const ranks: Partial<Record<Role, number>> = {};
  const names = Object.keys(record);
  for (const key of names) {
    const found = lookUp(key);
    if (!found || fields[found.role] !== undefined || record[key] === null) continue;
    if (found.rank >= (ranks[found.role] ?? Infinity)) continue;
    ranks[found.role] = found.rank;
    keys[found.role] = key;
  }
  const picked: Partial<Record<Role, Json>> = {};
  for (const role of roles) {
    const path = fields[role];
    if (path !== undefined) {
      if (Object.hasOwn(record, path)) keys[role] = path;
      else picked[role] = (fieldAt(record, path) as Json | undefined) ?? null;
    }
    const key = keys[role];
    if (key !== undefined) picked[role] = record[key]!;
  }
  return { roles: picked, metadata: restOf(record, names, keys, picked.level) };
}

function restOf(record: JsonObject, names: string[], keys: Partial<Record<Role, string>>, level: Json | undefined): JsonObject {
  const rest: JsonObject = {};
  for (const key of names) {
    if (key === keys.timestamp || key === keys.text || key === keys.level || key === keys.group || key === keys.source || key === keys.id)
      continue;
    const value = record[key]!;
    if (key === 'metadata' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const inner of Object.keys(value)) setOwn(rest, inner, value[inner]!);
    } else setOwn(rest, key, value);
  }
  if (level !== undefined && level !== null) rest.level = (typeof level === 'number' && numericLevels[level]) || level;
  return rest;
}

const scalar = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A record without a message is described by its fields, `name=value` each, so that its shape can still be analysed. */
export function textOf(text: Json | undefined, metadata: JsonObject): string {
  if (typeof text === 'string') return text.trimEnd();
  if (text !== undefined && text !== null) return scalar(text);
  return Object.keys(metadata)
    .map((key) => `${key}=${scalar(metadata[key]!)}`)
    .join(' ')
    .slice(0, 4096);
}
