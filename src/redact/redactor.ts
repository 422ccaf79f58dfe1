import type { Event, Json, JsonObject } from '../event.ts';
import { digest } from '../base/digest.ts';
import { setOwn } from '../formats/json/setOwn.ts';
import type { Rejected, Signal } from '../signal.ts';
import { marker, type Mask, type RedactCounts, type RedactKind } from './kinds.ts';
import { maskEmails } from './maskEmails.ts';
import { maskIps } from './maskIps.ts';
import { maskSecrets } from './maskSecrets.ts';
import { secretName } from './secretName.ts';
import { isSecretValue } from './secretValue.ts';

const masks: Record<RedactKind, Mask> = { secrets: maskSecrets, emails: maskEmails, ips: maskIps };

/** JSON deeper than this is flattened to a marker: formats refuse such records, and a stack is finite. */
const deepest = 64;

/** What one mask changes another may judge anew; so many times is more than any text needs. */
const mostRounds = 8;

/** Names, sources and groups that were looked at and hold nothing; they come with every record. Bounded: they come from outside. */
const mostClean = 4096;

/** Values so short are mostly words of a small set: levels, components, methods. */
const shortValue = 12;

/** Masks what must not be written anywhere, in every part of a record that came from outside, and counts it. */
export class Redactor {
  readonly counts: RedactCounts = { secrets: 0, emails: 0, ips: 0 };
  readonly #masks: { mask: Mask; found: (many: number) => void }[];
  readonly #names: boolean;
  readonly #clean = new Set<string>();

  constructor(kinds: readonly RedactKind[]) {
    this.#names = kinds.includes('secrets');
    this.#masks = [...new Set(kinds)].map((kind) => ({ mask: masks[kind], found: (many) => void (this.counts[kind] += many) }));
  }

  /** A text with what it holds of the kinds masked; the very same text when it holds nothing. */
  text(text: string): string {
    let masked = text;
    for (let round = 0; round < mostRounds; round += 1) {
      const before = masked;
      for (const { mask, found } of this.#masks) masked = mask(masked, found);
      if (masked === before) break;
    }
    return masked;
  }

  /** `text` for what comes again and again. */
  #name(name: string): string {
    if (this.#clean.has(name)) return name;
    const masked = this.text(name);
    if (masked !== name) return masked;
    if (this.#clean.size >= mostClean) this.#clean.clear();
    this.#clean.add(name);
    return name;
  }

  /** A record to keep: itself when there was nothing to mask. Applied twice, it changes and counts nothing more. */
  record(signal: Signal): Signal {
    if (this.#masks.length === 0) return signal;
    if (signal.kind === 'event') {
      const event = this.#event(signal.event);
      return event === signal.event
        ? signal
        : { ...signal, key: signal.key === signal.event.group_id ? event.group_id : this.text(signal.key), event };
    }
    if (signal.kind !== 'rejected') return signal;
    const rejected = this.#rejected(signal.rejected);
    return rejected === signal.rejected ? signal : { ...signal, rejected };
  }

  #event(event: Event): Event {
    const text = this.text(event.text);
    const metadata = this.#object(event.metadata, false, 0);
    const source = this.#name(event.source);
    const group = this.#name(event.group_id);
    const id = this.#id(event.id);
    const same =
      text === event.text && metadata === event.metadata && source === event.source && group === event.group_id && id === event.id;
    return same ? event : { id, timestamp: event.timestamp, source, group_id: group, text, metadata };
  }

  /** Ids that differed still differ. */
  #id(id: string): string {
    const masked = this.text(id);
    return masked === id ? id : `${masked}-${digest(id)}`;
  }

  #rejected(rejected: Rejected): Rejected {
    const original = this.text(rejected.original);
    const masked = this.text(rejected.reason);
    // A reason may quote the record, without the name that gave its secret away.
    const reason = original === rejected.original ? masked : masked.replace(/"(?:[^"\\]|\\.)*"/g, '"..."');
    return original === rejected.original && reason === rejected.reason ? rejected : { ...rejected, original, reason };
  }

  /** `inherited`: it stands under a secret's name, so that every text in it is taken for one. */
  #object(object: JsonObject, inherited: boolean, depth: number): JsonObject {
    let copy: JsonObject | null = null;
    // What is asked in this way costs no list of the keys, in the same order.
    for (const key in object) {
      if (!Object.hasOwn(object, key)) continue;
      const name = this.#name(key);
      const value = this.#value(key, object[key]!, inherited, depth);
      if (copy === null && name === key && value === object[key]) continue;
      copy ??= beforeKey(object, key);
      setOwn(copy, name === key ? key : `${name}-${digest(key, 6)}`, value);
    }
    return copy ?? object;
  }

  #value(name: string, value: Json, inherited: boolean, depth: number): Json {
    if (typeof value === 'string') return this.#leaf(name, value, inherited);
    if (typeof value === 'number')
      return this.#names && (inherited || secretName(name) !== null) && this.#isSecret(name, String(value), inherited)
        ? this.#masked()
        : value;
    if (value === null || typeof value !== 'object') return value;
    if (depth >= deepest) return marker('too-deep');
    const under = inherited || (this.#names && secretName(name) !== null);
    if (!Array.isArray(value)) return this.#object(value, under, depth + 1);
    const items = value.map((item) => this.#value(name, item, under, depth + 1));
    return items.every((item, index) => item === value[index]) ? value : items;
  }

  #leaf(name: string, value: string, inherited: boolean): string {
    if (this.#names && (inherited || secretName(name) !== null) && this.#isSecret(name, value, inherited)) return this.#masked();
    return value.length <= shortValue ? this.#name(value) : this.text(value);
  }

  #isSecret(name: string, value: string, inherited: boolean): boolean {
    const sure = inherited ? 'strong' : secretName(name);
    return sure !== null && isSecretValue(value, { sure, assigned: true, last: true });
  }

  #masked(): string {
    this.counts.secrets += 1;
    return marker('secret');
  }
}

/** A copy of the fields in front of `key`, which keeps their order. */
function beforeKey(object: JsonObject, key: string): JsonObject {
  const copy: JsonObject = {};
  for (const name of Object.keys(object)) {
    if (name === key) break;
    setOwn(copy, name, object[name]!);
  }
  return copy;
}
