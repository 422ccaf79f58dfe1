import { fieldAt } from '../../../config/scalars.ts';
import { levelOf, type Json, type JsonObject } from '../../event.ts';
import { keptLevel } from '../header/levelWord.ts';
import { plainName, roles, usualNames, type FieldsOption, type Role } from './fieldNames.ts';
import { isSyslogRecord, levelNumber, levelOfOtel, levelOnScale, settleScale, type LevelScale } from './levelScale.ts';
import { podOwner } from './podOwner.ts';
import { setOwn } from './setOwn.ts';

/** The parts of a structured record by what they stand for. */
export interface PickedFields {
  roles: Partial<Record<Role, Json>>;
  /** Fields that may hold the time, most telling first. */
  times: Json[];
  /** Whether the component is a service, rather than a logger within one. */
  isService: boolean;
  metadata: JsonObject;
}

/** A field that fits a role: its rank (lower is better) and where it stands. */
interface Candidate {
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
const timeLike = /(?:time|timestamp|date|_at|_ts|At|Ts)$/;

function lookUp(key: string): Found[] | null {
  let found = known.get(key);
  if (found === undefined) {
    const plain = key.length > 48 ? '' : plainName(key);
    // GELF and others mark their own fields by an underscore; any name may say that it is a time.
    found = byName.get(plain) ?? (plain.startsWith('_') ? (byName.get(plain.slice(1)) ?? null) : null);
    if (found === null && plain !== '' && !key.includes('.') && timeLike.test(key)) found = [{ role: 'timestamp', rank: 90 }];
    if (known.size < 4096) known.set(key, found);
  }
  return found;
}

/** How many of the names of components are those of services. */
const services = usualNames.component.indexOf('component');
const podNames = /pod_?name$/i;

const deepest = 3;
const maxNested = 200;

/** Every field that fits a role, of the record and of the objects in it; inner ones rank behind outer ones. */
function collect(record: JsonObject, fields: FieldsOption): Candidate[][] {
  const found: Candidate[][] = roles.map(() => []);
  let left = maxNested;
  const visit = (object: JsonObject, path: string, top: string, depth: number): void => {
    for (const key of Object.keys(object)) {
      const value = object[key]!;
      if (value === null || left-- < 0) continue;
      const full = path === '' ? key : `${path}.${key}`;
      const within = depth === 0 ? key : top;
      const byPath = depth === 0 ? null : lookUp(full);
      for (const { role, rank } of byPath ?? lookUp(key) ?? []) {
        if (fields[role] !== undefined || (depth > 0 && byPath === null && !nests(role, key, rank, value))) continue;
        found[roles.indexOf(role)]!.push({ rank: rank + depth * 100, key: full, top: within, value });
      }
      const isObject = typeof value === 'object' && !Array.isArray(value);
      if (isObject && depth < deepest && key !== 'metadata') visit(value, full, within, depth + 1);
    }
  };
  visit(record, '', '', 0);
  for (const list of found) list.sort((a, b) => a.rank - b.rank);
  return found;
}

/** Whether a nested field may stand for a role: words for a level, a text or name for the others, and no ids, groups or sources. */
function nests(role: Role, key: string, rank: number, value: Json): boolean {
  if (role === 'source' || role === 'group' || role === 'id' || rank >= 90) return false;
  if (role === 'timestamp') return key.length > 1;
  if (role === 'level') return key.length > 1 && typeof value === 'string' && levelOf(value) !== null;
  return typeof value === 'string' && key.length > 1 && key !== 'name' && key !== 'line' && key !== 'start';
}

const named = (value: Json): boolean => typeof value === 'string' && value !== '' && !/^\d+$/.test(value) && value.length <= 200;

/** A single letter is a name only where a message and a level by a letter stand beside it (MongoDB's `c`, `s`, `t`). */
const isLetterKey = (candidate: Candidate) => candidate.key.length === 1;

/**
 * Sorts the fields of an object into roles by their usual names, or by `fields` (dotted paths), and the rest into metadata.
 * Time, text, level, source and group leave the rest; a component stays in it too.
 * @param scale what numbers at the level mean; null when nothing is known of the stream
 */
export function pickFields(record: JsonObject, fields: FieldsOption, scale: LevelScale | null = null): PickedFields {
  const [times, texts, levelFields, components, sources, groups] = collect(record, fields) as [
    Candidate[],
    Candidate[],
    Candidate[],
    Candidate[],
    Candidate[],
    Candidate[],
    Candidate[],
  ];
  const lettered = Object.hasOwn(record, 's') && Object.hasOwn(record, 'msg');
  const level = pickLevel(
    record,
    levelFields.filter((field) => lettered || !isLetterKey(field)),
    scale,
  );
  const picked: Partial<Record<Role, Candidate>> = {};
  const text = texts.find(({ value, key }) => typeof value === 'string' || (typeof value !== 'object' && key === texts[0]!.key));
  if (text) picked.text = text;
  const isPino = typeof record.level === 'number' || Object.hasOwn(record, 'pid');
  const component = components.find((field) => named(field.value) && (lettered || !isLetterKey(field)) && (field.key !== 'name' || isPino));
  if (component)
    picked.component = podNames.test(component.key) ? { ...component, value: podOwner(String(component.value)), rank: 0 } : component;
  if (sources[0]) picked.source = sources[0];
  if (groups[0]) picked.group = groups[0];
  if (times[0]) picked.timestamp = times[0];
  const values: Partial<Record<Role, Json>> = {};
  for (const role of roles) {
    const path = fields[role];
    if (path !== undefined) {
      const value = Object.hasOwn(record, path) ? record[path]! : ((fieldAt(record, path) as Json | undefined) ?? null);
      picked[role] = { rank: 0, key: path, top: path, value };
    }
    if (picked[role]) values[role] = picked[role].value;
  }
  if (fields.level === undefined && level) values.level = level.value;
  const gone = [picked.timestamp, picked.text, picked.source, picked.group, fields.id === undefined ? undefined : picked.id];
  const dropped = new Set(gone.filter((field) => field && field.key === field.top).map((field) => field!.key));
  if (level && level.key === level.top) dropped.add(level.key);
  if (fields.level !== undefined) dropped.add(fields.level);
  const kept = values.level;
  return {
    roles: values,
    times: fields.timestamp === undefined ? times.map(({ value }) => value) : [values.timestamp ?? null],
    isService: picked.component !== undefined && picked.component.rank % 100 < services,
    metadata: restOf(record, dropped, kept),
  };
}

const plainLevels = /^(?:error|warn(?:ing)?|critical|fatal|info(?:rmation)?|debug|normal|notice|alert|emergency)$/i;

/** The level that the record gives: a word that is one, or a number with evidence. */
function pickLevel(
  record: JsonObject,
  candidates: readonly Candidate[],
  scale: LevelScale | null,
): { key: string; top: string; value: Json } | null {
  for (const { key, top, value } of candidates) {
    if (typeof value !== 'string' || levelOf(value) === null || /^\d+$/.test(value)) continue;
    // A status or a type may be anything: only words that are nothing but a level.
    const loose = /(?:^|\.)(?:status|type)$/i.test(key);
    if (!loose || plainLevels.test(value)) return { key, top, value: keptLevel(value) };
  }
  for (const { key, top, value } of candidates) {
    const number = levelNumber(value);
    if (Number.isNaN(number)) continue;
    const name = plainName(key);
    if (name === 'status' || name === 'type') continue;
    const level =
      name === 'severitynumber'
        ? levelOfOtel(value)
        : levelOnScale(number, scale ?? (isSyslogRecord(record) ? 'syslog' : (settleScale([number]) ?? 'syslog')));
    if (level !== null) return { key, top, value: level };
  }
  const tags = Array.isArray(record.tags) ? record.tags : [];
  const tag = tags.find((one) => typeof one === 'string' && plainLevels.test(one));
  return typeof tag === 'string' ? { key: 'tags', top: '', value: keptLevel(tag) } : null;
}

function restOf(record: JsonObject, dropped: ReadonlySet<string>, level: Json | undefined): JsonObject {
  const rest: JsonObject = {};
  for (const key of Object.keys(record)) {
    if (dropped.has(key)) continue;
    const value = record[key]!;
    if (key === 'metadata' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const inner of Object.keys(value)) setOwn(rest, inner, value[inner]!);
    } else setOwn(rest, key, value);
  }
  if (level !== undefined && level !== null) rest.level = level;
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
