import type { Event, Json } from '../../event.ts';
import { isStopWord } from '../../memory/text/contentWords.ts';
import { isName } from '../episodes/names.ts';

/** A name in a line, and what it is called there: the path of a field, or the word before it. */
export interface NamedIn {
  name: string;
  /** null in a text where no word says. */
  place: string | null;
}

/** Names of a line that are read, the fields' first; text that is looked through, characters; fields within fields. */
const MOST = 24;
const LONGEST_TEXT = 2000;
const DEEPEST = 4;
/** A name lies in what holds it: a folder in its folders, a port on its host; so many of them are read as well. */
const MOST_HOLDERS = 3;
/** A field with so many values says who, one with fewer says how. */
const MANY_VALUES = 16;
const MOST_FIELDS = 256;

const separators = new Set([...' \t\n\r,;()[]{}<>"\'|='].map((char) => char.charCodeAt(0)));
const edges = /^[.:!?*#-]+|[.:!?*#-]+$/g;
/** An IPv4 address, with or without a port. */
export const address = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?$/;
/** A word that can say what the next one is. */
const noun = /^[a-z][a-z_]{2,19}$/i;
/** A number is a name where its field says so. */
const ofIds = /(?:^|[._-])id$|[a-z]Id$|[a-z]ID$|^uid$/;
const digits = /^\d{1,20}$/;
const [SLASH, ZERO, NINE, COLON] = [47, 48, 57, 58];
const spaced = /\s/;
const masked = /\bredacted:/;

/** Reads the names of events; it learns which fields have many values. Its state is plain data. */
export class NameReader {
  /** Values of each field, until they are many. */
  readonly #values: Map<string, Set<string> | null>;

  constructor(saved: readonly [string, string[] | null][] = []) {
    this.#values = new Map(saved.map(([field, values]) => [field, values && new Set(values)]));
  }

  /** Each name once. What is masked is none. */
  read({ text, metadata }: Event): NamedIn[] {
    const found = new Map<string, string | null>();
    for (const field in metadata) this.#field(metadata[field]!, field, found, 1);
    readText(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text, found);
    return [...found].map(([name, place]) => ({ name, place }));
  }

  save(): [string, string[] | null][] {
    return [...this.#values].map(([field, values]) => [field, values && [...values]]);
  }

  #field(value: Json, path: string, found: Map<string, string | null>, depth: number): void {
    if (typeof value === 'string') this.#value(value, path, found);
    else if (typeof value === 'number') {
      if (ofIds.test(path) && Number.isInteger(value)) add(found, String(value), path);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEEPEST)
      for (const field in value) this.#field(value[field]!, `${path}.${field}`, found, depth + 1);
  }

  #value(value: string, path: string, found: Map<string, string | null>): void {
    if (value.length < 2 || value.length > 80 || spaced.test(value) || masked.test(value)) return;
    if (isName(value) || address.test(value)) addHeld(found, value, path);
    else if (digits.test(value) ? ofIds.test(path) : this.#hasMany(path, value)) add(found, value, path);
  }

  #hasMany(field: string, value: string): boolean {
    const values = this.#values.get(field);
    if (values === null) return true;
    if (values) {
      values.add(value);
      if (values.size >= MANY_VALUES) this.#values.set(field, null);
    } else if (this.#values.size < MOST_FIELDS) this.#values.set(field, new Set([value]));
    return false;
  }
}

/** The words of a text that are names, each with the word before it where that is a noun. */
function readText(text: string, found: Map<string, string | null>): void {
  let before = '';
  for (let at = 0; at < text.length && found.size < MOST;) {
    while (at < text.length && separators.has(text.charCodeAt(at))) at += 1;
    const from = at;
    let isCandidate = false;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (separators.has(code)) break;
      if (code === SLASH || (code >= ZERO && code <= NINE)) isCandidate = true;
    }
    if (from === at) break;
    const word = text.slice(from, at);
    const bare = isCandidate ? word.replace(edges, '') : '';
    if (isCandidate && !masked.test(bare) && (isName(bare) || address.test(bare))) {
      const is = before.replace(/:$/, '');
      addHeld(found, bare, noun.test(is) && !isStopWord(is.toLowerCase()) ? is.toLowerCase() : null);
    }
    before = word;
  }
}

/** The name, and what it lies in. */
function addHeld(found: Map<string, string | null>, name: string, place: string | null): void {
  add(found, name, place);
  if (name.includes('://')) return;
  for (let at = name.length - 1, holders = 0; at > 1 && holders < MOST_HOLDERS; at -= 1) {
    const code = name.charCodeAt(at);
    if (code !== SLASH && code !== COLON) continue;
    const holder = name.slice(0, at);
    if (!isName(holder) && !address.test(holder)) continue;
    add(found, holder, place);
    holders += 1;
  }
}
function add(found: Map<string, string | null>, name: string, place: string | null): void {
  if (found.size < MOST && !found.has(name)) found.set(name, place);
}
