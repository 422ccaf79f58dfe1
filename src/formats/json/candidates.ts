import { parseLevel, type Json, type JsonObject } from '../../event.ts';
import { plainName, usualNames, type FieldsOption, type Role } from './fieldNames.ts';

/** A field that fits a role: its rank (lower is better) and where it stands. */
export interface Candidate {
  rank: number;
  key: string;
  /** The field at the top of the record that holds it. */
  top: string;
  value: Json;
}

type Found = { role: Role; rank: number };

const byName = new Map<string, Found[]>();
for (const [role, names] of Object.entries(usualNames)) {
  for (const [rank, name] of names.entries()) byName.set(name, [...(byName.get(name) ?? []), { role: role as Role, rank }]);
}

/** Names repeat from record to record; bounded, since they come from outside. */
const known = new Map<string, Found[] | null>();
const timeLike = /time|date|stamp|published|when|epoch|created|utc$/i;
/** Names of times at which something ended, or will: of two, the other is the record's. */
const later = /end|stop|finish|updat|modif|expir|valid|until|after|before|due/i;
const timeTail = /(?:_at|_ts|At|Ts)$/;

function lookUp(key: string): Found[] | null {
  let found = known.get(key);
  if (found === undefined) {
    const plain = key.length > 48 ? '' : plainName(key);
    // GELF and others mark their own fields by an underscore; any name may say that it is a time.
    found = byName.get(plain) ?? (plain.startsWith('_') ? (byName.get(plain.slice(1)) ?? null) : null);
    if (found === null && plain !== '' && !key.includes('.') && (timeLike.test(key) || timeTail.test(key)))
      found = [{ role: 'timestamp', rank: later.test(key) ? 92 : 90 }];
    if (known.size < 4096) known.set(key, found);
  }
  return found;
}

const deepest = 3;
const maxNested = 200;

/** The fields at the top of a record by role, by its list of names: loggers write the same fields over and over. */
interface Shape {
  keys: readonly string[];
  byRole: Record<Role, { key: string; rank: number }[]>;
}
const shapes = new Map<string, Shape>();
const mostShapes = 1024;
/** The one that was met last: most streams have one. */
let recent: Shape = { keys: [], byRole: noFields() };

function noFields<T>(): Record<Role, T[]> {
  return { timestamp: [], text: [], level: [], component: [], source: [], group: [], id: [] };
}

function isSame(keys: readonly string[], others: readonly string[]): boolean {
  if (keys.length !== others.length) return false;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== others[i]) return false;
  return true;
}

function findShape(keys: readonly string[]): Shape {
  if (isSame(keys, recent.keys)) return recent;
  const name = keys.join('\0');
  let shape = shapes.get(name);
  if (!shape) {
    shape = { keys, byRole: noFields() };
    for (const key of keys) for (const { role, rank } of lookUp(key) ?? []) shape.byRole[role].push({ key, rank });
    for (const list of Object.values(shape.byRole)) list.sort((a, b) => a.rank - b.rank);
    if (shapes.size < mostShapes && name.length < 1024) shapes.set(name, shape);
  }
  return (recent = shape);
}

const none: readonly Candidate[] = [];

/** Those of one role in a record in which no object nests; none where an option names the field. */
function collectRole(record: JsonObject, list: Shape['byRole'][Role], named: string | undefined): readonly Candidate[] {
  if (list.length === 0 || named !== undefined) return none;
  const found: Candidate[] = [];
  for (const { key, rank } of list) {
    const value = record[key]!;
    if (value !== null) found.push({ rank, key, top: key, value });
  }
  return found;
}

/** All of such a record. */
function collectFlat(record: JsonObject, keys: readonly string[], fields: FieldsOption): Record<Role, readonly Candidate[]> {
  const { byRole } = findShape(keys);
  return {
    timestamp: collectRole(record, byRole.timestamp, fields.timestamp),
    text: collectRole(record, byRole.text, fields.text),
    level: collectRole(record, byRole.level, fields.level),
    component: collectRole(record, byRole.component, fields.component),
    source: collectRole(record, byRole.source, fields.source),
    group: collectRole(record, byRole.group, fields.group),
    id: collectRole(record, byRole.id, fields.id),
  };
}

/** Every field that fits a role, of the record and of the objects in it; inner ones rank behind outer ones. */
export function collectCandidates(record: JsonObject, fields: FieldsOption): Record<Role, readonly Candidate[]> {
  const keys = Object.keys(record);
  if (isFlat(record, keys)) return collectFlat(record, keys, fields);
  const own = Object.hasOwn(record, 'text') || Object.hasOwn(record, 'message');
  const walk: Walk = { found: noFields<Candidate>(), fields, left: maxNested, own };
  visit(walk, record, '', '', 0);
  for (const list of Object.values(walk.found)) list.sort((a, b) => a.rank - b.rank);
  return walk.found;
}

interface Walk {
  found: Record<Role, Candidate[]>;
  fields: FieldsOption;
  /** How many more fields are looked at. */
  left: number;
  /** What is called metadata is about the record, and none of it. */
  own: boolean;
}

/** The end of a path: a field and the object it is in. */
const lastTwo = (path: string): string => path.slice(path.lastIndexOf('.', path.lastIndexOf('.') - 1) + 1);

function visit(walk: Walk, object: JsonObject, path: string, top: string, depth: number): void {
  for (const key of Object.keys(object)) {
    const value = object[key]!;
    if (value === null || walk.left-- < 0) continue;
    const full = path === '' ? key : `${path}.${key}`;
    const within = depth === 0 ? key : top;
    const byPath = depth === 0 ? null : (lookUp(full) ?? (depth === 1 ? null : lookUp(lastTwo(full))));
    for (const { role, rank } of byPath ?? lookUp(key) ?? []) {
      if (walk.fields[role] !== undefined || (depth > 0 && byPath === null && !nests(role, key, rank, value))) continue;
      walk.found[role].push({ rank: rank + depth * 100, key: full, top: within, value });
    }
    const isObject = typeof value === 'object' && !Array.isArray(value);
    if (isObject && depth < deepest && (key !== 'metadata' || !walk.own)) visit(walk, value, full, within, depth + 1);
  }
}

function isFlat(record: JsonObject, keys: readonly string[]): boolean {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return false;
  }
  return true;
}

/** A day with its time of day, or a count since 1970 of at least ten digits. */
const isMoment = (value: Json): boolean =>
  typeof value === 'number' ? value >= 1e9 : typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value);

/** Whether a nested field may stand for a role: words for a level, a text or name for the others, and no ids, groups or sources. */
function nests(role: Role, key: string, rank: number, value: Json): boolean {
  if (role === 'source' || role === 'group' || role === 'id' || rank > 90) return false;
  if (rank === 90) return isMoment(value);
  if (role === 'timestamp') return key.length > 1;
  if (role === 'level') return key.length > 1 && typeof value === 'string' && parseLevel(value) !== null;
  return typeof value === 'string' && key.length > 1 && key !== 'name' && key !== 'line' && key !== 'start';
}
