import type { Event, Json } from '../event.ts';

/** Different metadata that are looked at before it is decided whether to go on looking for the same again. */
const tried = 64;

type Plain = string | boolean | null;

/** Metadata that begin alike: up to a field, or up to its value. */
interface Fork {
  /** Of the metadata that ends there; less than none for none. */
  number: number;
  readonly next: Map<Plain, Fork>;
}

const fork = (): Fork => ({ number: -1, next: new Map() });

/** Metadata as JSON, behind each other, the same but once: the events of most programs have one of a few, others each their own. */
export class MetadataTexts {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Those that hold texts, booleans and null alone, by field and value in turn: they are found without being written. */
  readonly #flat = fork();
  /** Others, which several events may share since they came from another thread. */
  readonly #objects = new Map<Event['metadata'], number>();
  #again = 0;

  /** Whether the same is likely to come again. */
  get isShared(): boolean {
    return this.texts.length < tried || this.#again >= this.texts.length;
  }

  /** The number of a metadata; null for one that JSON cannot say. */
  number(metadata: Event['metadata']): number | null {
    if (!this.isShared) return isJson(metadata) ? this.#add(JSON.stringify(metadata)) : null;
    const end = this.#walk(metadata);
    const known = end === null ? this.#objects.get(metadata) : end.number;
    if (known !== undefined && known >= 0) return this.#found(known);
    if (end === null && !isJson(metadata)) return null;
    const text = JSON.stringify(metadata);
    const equal = this.#numbers.get(text);
    const number = equal ?? this.#add(text);
    this.#numbers.set(text, number);
    if (end === null) this.#objects.set(metadata, number);
    else end.number = number;
    return equal === undefined ? number : this.#found(number);
  }

  /** Where the fields of a metadata lead; null for one that holds anything else than texts, booleans and null. */
  #walk(metadata: Event['metadata']): Fork | null {
    let at = this.#flat;
    for (const name in metadata) {
      const value = metadata[name];
      if (typeof value !== 'string' && typeof value !== 'boolean' && value !== null) return null;
      at = follow(follow(at, name), value);
    }
    return at;
  }

  #add(text: string): number {
    return this.texts.push(text) - 1;
  }

  #found(number: number): number {
    this.#again += 1;
    return number;
  }
}

function follow(from: Fork, key: Plain): Fork {
  let to = from.next.get(key);
  if (to === undefined) from.next.set(key, (to = fork()));
  return to;
}

/** Whether JSON says it as it is: 1e999 was read as a number that it cannot write. */
function isJson(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'string' || typeof value === 'boolean';
  if (Array.isArray(value)) return value.every(isJson);
  for (const name in value) if (!isJson(value[name]!)) return false;
  return true;
}
