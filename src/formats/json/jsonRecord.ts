import { fieldAt } from '../../../config/scalars.ts';
import type { Json, JsonObject } from '../../event.ts';
import { collectCandidates, type Candidate } from './candidates.ts';
import { roles, usualNames, type FieldsOption, type Role } from './fieldNames.ts';
import type { LevelScale } from './levelScale.ts';
import { pickLevel } from './pickLevel.ts';
import { podGroup, podNames } from './podGroup.ts';
import { setOwn } from './setOwn.ts';
import { digitRun, isDigit } from '../time/stamp.ts';

/** The parts of a structured record by what they stand for. */
export interface PickedFields {
  roles: Partial<Record<Role, Json>>;
  /** Fields that may hold the time, most telling first. */
  times: Json[];
  /** Whether the component is a service, rather than a logger within one. */
  isService: boolean;
  metadata: JsonObject;
}

/** How many of the names of components are those of services. */
const services = usualNames.component.indexOf('component');

const named = (value: Json): boolean =>
  typeof value === 'string' && value !== '' && value.length <= 200 && !(isDigit(value.charCodeAt(0)) && /^\d+$/.test(value));

/** Whether a value may be a time: what is none stays in the metadata. */
const isTimeLike = (value: Json): boolean =>
  typeof value === 'number'
    ? value >= 6e8
    : typeof value === 'string'
      ? digitRun(value, 0) >= 4 || /\d\D*\d\D*\d\D*\d/.test(value)
      : value !== null;

/** A single letter is a name only where a message and a level by a letter stand beside it (MongoDB's `c`, `s`, `t`). */
const isLetterKey = (candidate: Candidate) => candidate.key.length === 1;

/** Keys that only loggers write which call themselves by `name`. */
const loggerKeys = ['pid', 'levelname', 'levelno'];

const isLogger = (record: JsonObject): boolean => typeof record.level === 'number' || loggerKeys.some((key) => Object.hasOwn(record, key));

/** The field that names the service or the logger; of a pod's name what it runs, of a container's the name without its slash. */
function pickComponent(record: JsonObject, candidates: readonly Candidate[], lettered: boolean): Candidate | undefined {
  for (const field of candidates) {
    if (!named(field.value) || (!lettered && isLetterKey(field)) || (field.key === 'name' && !isLogger(record))) continue;
    const value = String(field.value);
    const group = podGroup(record, field.key, value);
    if (group !== null) return { ...field, value: group, ...(podNames.test(field.key) && { rank: 0 }) };
    return value.startsWith('/') && /^\/[\w.-]+$/.test(value) ? { ...field, value: value.slice(1) } : field;
  }
  return undefined;
}

/** The first text that says something; a number or so only where it is the most telling field. */
function pickText(candidates: readonly Candidate[]): Candidate | undefined {
  for (let i = 0; i < candidates.length; i++) {
    const { value } = candidates[i]!;
    // As OpenTelemetry writes values.
    if (typeof value === 'object' && value !== null && 'stringValue' in value && typeof value.stringValue === 'string')
      return { ...candidates[i]!, value: value.stringValue };
    if (value !== '' && (typeof value === 'string' || (i === 0 && typeof value !== 'object'))) return candidates[i];
  }
  return undefined;
}

/** Those that may hold the level. */
function levelFields(candidates: readonly Candidate[], lettered: boolean): readonly Candidate[] {
  if (lettered || !candidates.some(isLetterKey)) return candidates;
  return candidates.filter((field) => !isLetterKey(field) || String(field.value).length > 2);
}

/**
 * Whether a record is one of our own kind: what others call `source` is a file, a line of code, a stream or an address, and
 * what they call `group` the group of a user or of consumers.
 */
const isOwn = (record: JsonObject): boolean =>
  Object.hasOwn(record, 'timestamp') && (Object.hasOwn(record, 'text') || Object.hasOwn(record, 'group_id'));

type Picked = Record<Role, Candidate | undefined>;

function namesAny(fields: FieldsOption): boolean {
  for (const _ in fields) return true;
  return false;
}

/** The fields that options name, in place of what was found. */
function takeNamed(record: JsonObject, fields: FieldsOption, picked: Picked): void {
  for (const role of roles) {
    const path = fields[role];
    if (path === undefined) continue;
    const value = Object.hasOwn(record, path) ? record[path]! : ((fieldAt(record, path) as Json | undefined) ?? null);
    picked[role] = { rank: 0, key: path, top: path, value };
  }
}

/**
 * Sorts the fields of an object into roles by their usual names, or by `fields` (dotted paths), and the rest into metadata.
 * Time, text, level, source and group leave the rest; a component stays in it too.
 * @param scale what numbers at the level mean; null when nothing is known of the stream
 */
export function pickFields(record: JsonObject, fields: FieldsOption, scale: LevelScale | null = null): PickedFields {
  const found = collectCandidates(record, fields);
  const lettered = Object.hasOwn(record, 's') && Object.hasOwn(record, 'msg');
  const time = found.timestamp[0];
  const picked: Picked = {
    timestamp: time && isTimeLike(time.value) ? time : undefined,
    text: pickText(found.text),
    level: undefined,
    component: pickComponent(record, found.component, lettered),
    source: isOwn(record) ? found.source[0] : undefined,
    group: isOwn(record) ? found.group[0] : found.group.find(({ value }) => typeof value === 'string' && value.includes(':')),
    id: undefined,
  };
  if (namesAny(fields)) takeNamed(record, fields, picked);
  picked.level = pickLevel(record, picked.level ? [picked.level] : levelFields(found.level, lettered), scale) ?? picked.level;
  const values: Partial<Record<Role, Json>> = {};
  if (picked.timestamp) values.timestamp = picked.timestamp.value;
  if (picked.text) values.text = picked.text.value;
  if (picked.level) values.level = picked.level.value;
  if (picked.component) values.component = picked.component.value;
  if (picked.source) values.source = picked.source.value;
  if (picked.group) values.group = picked.group.value;
  if (picked.id) values.id = picked.id.value;
  const times: Json[] = [];
  if (fields.timestamp === undefined) for (const { value } of found.timestamp) times.push(value);
  else times.push(values.timestamp ?? null);
  return {
    roles: values,
    times,
    isService: picked.component !== undefined && picked.component.rank % 100 < services,
    metadata: takeRest(record, picked, values.level),
  };
}

/** Whether a field at the top gave its value to a role, and leaves the rest. */
const gave = (field: Candidate | undefined, key: string): boolean => field !== undefined && field.key === key && field.top === key;

const isTaken = ({ timestamp, text, level, source, group, id }: Picked, key: string): boolean =>
  gave(timestamp, key) || gave(text, key) || gave(level, key) || gave(source, key) || gave(group, key) || gave(id, key);

function takeRest(record: JsonObject, picked: Picked, level: Json | undefined): JsonObject {
  const rest: JsonObject = {};
  for (const key of Object.keys(record)) {
    if (isTaken(picked, key)) continue;
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
export function composeText(text: Json | undefined, metadata: JsonObject): string {
  if (typeof text === 'string') return text.trimEnd();
  if (text !== undefined && text !== null) return scalar(text);
  return Object.keys(metadata)
    .map((key) => `${key}=${scalar(metadata[key]!)}`)
    .join(' ')
    .slice(0, 4096);
}
