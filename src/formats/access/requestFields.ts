import type { Json, JsonObject } from '../../event.ts';
import type { Access } from './readAccess.ts';
import { methods } from './requestLine.ts';

/** A request and its answer, or how something else ended. */
export interface RequestFields extends Partial<Access> {
  /** A code that is no status of HTTP, with its name: `exit_code=137`. */
  code?: string;
}

const codeFields = ['exit_code', 'grpc_status', 'errno', 'sqlstate'] as const;
type CodeField = (typeof codeFields)[number];
type Field = 'method' | 'path' | 'status' | CodeField;
const isCode = (field: Field): field is CodeField => (codeFields as readonly string[]).includes(field);

/** How deep and how far a record is searched. */
const deepest = 3;
const mostFields = 128;

/** Names in lower case without what joins their parts, the names of what they stand in before them; the first that fits counts. */
const names: readonly [RegExp, Field][] = [
  [/(?:exit|return)(?:code|status)$/, 'exit_code'],
  [/grpc(?:status)?code$|grpcstatus$/, 'grpc_status'],
  [/errno$/, 'errno'],
  [/sqlstate$/, 'sqlstate'],
  [/(?:^|re[qs]|http|request|response|downstream|origin|upstream|elb|target|sc)status$|(?:status|response|http)code$/, 'status'],
  [/method$|verb$/, 'method'],
  [/(?:^|request|req|http|url|cs|original)(?:path|uri|url|uristem|target)$|urlpath$|urloriginal$/, 'path'],
];

const known = new Map<string, Field | 'request' | null>();

/** What a field stands for by its name; names repeat, and are bounded since they come from outside. */
function fieldNamed(name: string): Field | 'request' | null {
  let field = known.get(name);
  if (field === undefined) {
    const plain = name.length > 80 ? '' : name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    field = plain === 'request' || plain === 'requestline' ? 'request' : (names.find(([rule]) => rule.test(plain))?.[1] ?? null);
    if (known.size < 4096) known.set(name, field);
  }
  return field;
}

/** Whether a field of this name may hold a part of a request, or a code. */
export const isRequestField = (name: string): boolean => fieldNamed(name) !== null;

/** The value as the field holds it; undefined when it cannot be one. */
function readValue(field: Field, value: Json): string | number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  // An audit names its verbs, `list` and `create`, where others have a method.
  if (field === 'method') return /^[A-Za-z]{3,16}$/.test(text) ? text.toUpperCase() : undefined;
  if (field === 'grpc_status' && /^[A-Z][A-Za-z_]{1,24}$/.test(text)) return text;
  if (field === 'path') return /^(?:\/|https?:\/\/)/.test(text) ? text : undefined;
  if (field === 'sqlstate') return /^[0-9A-Z]{5}$/.test(text) ? text : undefined;
  if (field === 'status') return /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
  return /^-?\d{1,5}$/.test(text) ? Number(text) : undefined;
}

/** Request, answer and other codes among the fields of a record, wherever they stand: `status`, `res.statusCode`, `cs-uri-stem`. */
export function findRequestFields(record: JsonObject): RequestFields {
  const walk: Walk = { found: {}, left: mostFields };
  visit(walk, record, '', 1);
  return walk.found;
}

interface Walk {
  found: Record<string, string | number>;
  /** How many more fields are looked at. */
  left: number;
}

function visit(walk: Walk, object: JsonObject, prefix: string, depth: number): void {
  for (const key of Object.keys(object)) {
    if (--walk.left < 0) return;
    const value = object[key]!;
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'object') {
      if (value !== null && !Array.isArray(value) && depth < deepest) visit(walk, value, name, depth + 1);
      continue;
    }
    const field = fieldNamed(name);
    if (field === null) continue;
    if (field === 'request') Object.assign(walk.found, { ...requestIn(value), ...walk.found });
    else note(walk.found, field, readValue(field, value));
  }
}

/** The first of a kind counts. */
function note(found: Record<string, string | number>, field: Field, value: string | number | undefined): void {
  if (value === undefined) return;
  if (isCode(field)) found.code ??= `${field}=${value}`;
  else found[field] ??= value;
}

/** `"request": "GET /orders/17 HTTP/1.1"`. */
function requestIn(value: Json): Partial<Access> {
  const match = typeof value === 'string' ? /^([A-Z]{3,9}) (\S+)/.exec(value) : null;
  return match && methods.has(match[1]!) ? { method: match[1]!, path: match[2]! } : {};
}
