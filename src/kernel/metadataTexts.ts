import type { Event, Json } from '../event.ts';

/** Different metadata that are looked at before it is decided whether to go on looking for the same again. */
const tried = 64;

/** Metadata as JSON, behind each other, the same but once: the events of most programs have one of a few, others each their own. */
export class MetadataTexts {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Metadata that several events share since they came from another thread. */
  readonly #objects = new Map<Event['metadata'], number>();
  #again = 0;

  /** Whether the same is likely to come again. */
  get isShared(): boolean {
    return this.texts.length < tried || this.#again >= this.texts.length;
  }

  /** The number of a metadata; null for one that JSON cannot say. */
  number(metadata: Event['metadata']): number | null {
    const { length } = this.texts;
    const looks = this.isShared;
    const same = looks ? this.#objects.get(metadata) : undefined;
    if (same !== undefined) return this.#found(same);
    if (!isJson(metadata)) return null;
    const text = JSON.stringify(metadata);
    const equal = looks ? this.#numbers.get(text) : undefined;
    if (looks) this.#objects.set(metadata, equal ?? length);
    if (equal !== undefined) return this.#found(equal);
    if (looks) this.#numbers.set(text, length);
    this.texts.push(text);
    return length;
  }

  #found(number: number): number {
    this.#again += 1;
    return number;
  }
}

/** Whether JSON says it as it is: 1e999 was read as a number that it cannot write. */
function isJson(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'string' || typeof value === 'boolean';
  if (Array.isArray(value)) return value.every(isJson);
  for (const name in value) if (!isJson(value[name]!)) return false;
  return true;
}
