import type { Event, Json } from '../event.ts';
import type { Flow } from './defineOperator.ts';
import type { EventSignal } from '../signal.ts';

/**
 * Signals as they travel between threads: the texts of all their events as one run of bytes, the rest as columns. What is no
 * plain event, or holds what JSON cannot, travels as it is.
 */
export interface EncodedSignals {
  /** Event time of each signal, milliseconds. */
  times: Float64Array;
  /** Six numbers a signal: of its key, source and group in `names`, where its id and its text end in `text`, and of its metadata. */
  columns: Int32Array;
  names: readonly string[];
  /**
   * Timestamp, id and text of each event behind each other, then each different metadata: a byte a character, or two where
   * `wide`.
   */
  text: Uint8Array;
  wide: boolean;
  /** Where each different metadata ends in `text`; ahead of them, where the first begins. */
  metadata: Int32Array;
  /** Signals that travel as they are, by their place. */
  odd: ReadonlyMap<number, Flow>;
}

/** Numbers a signal has in `columns`. */
const width = 6;
/** Fields that every event has. */
const eventFields = ['id', 'timestamp', 'source', 'group_id', 'text', 'metadata'];
/** Length of a timestamp, which is canonical: ISO 8601 in UTC with milliseconds. */
const stamp = 24;

export function encodeSignals(signals: readonly Flow[]): EncodedSignals {
  const times = new Float64Array(signals.length);
  const columns = new Int32Array(signals.length * width);
  const odd = new Map<number, Flow>();
  const names = new Names();
  const metadata = new MetadataTexts();
  const text = new Joined();
  for (let i = 0; i < signals.length; i += 1) {
    const signal = signals[i]!;
    const noted = isPlain(signal) ? metadata.number(signal.event.metadata) : null;
    if (noted === null) {
      odd.set(i, signal);
      continue;
    }
    const { time, key, event } = signal as EventSignal;
    const at = i * width;
    times[i] = time;
    columns[at] = names.number(key);
    columns[at + 1] = names.number(event.source);
    columns[at + 2] = names.number(event.group_id);
    text.add(event.timestamp);
    columns[at + 3] = text.add(event.id);
    columns[at + 4] = text.add(event.text);
    columns[at + 5] = noted;
  }
  const ends = new Int32Array(metadata.texts.length + 1);
  ends[0] = text.length;
  for (const [i, one] of metadata.texts.entries()) ends[i + 1] = text.add(one);
  return { times, columns, names: names.list, ...text.toBytes(), metadata: ends, odd };
}

export function decodeSignals({ times, columns, names, text, wide, metadata, odd }: EncodedSignals): Flow[] {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const cut = wide
    ? (from: number, to: number) => bytes.toString('utf16le', from * 2, to * 2)
    : (from: number, to: number) => bytes.toString('latin1', from, to);
  const isShared = metadata.length - 1 < times.length - odd.size;
  const read: Event['metadata'][] = [];
  for (let i = 1; i < metadata.length; i += 1) {
    const one = JSON.parse(cut(metadata[i - 1]!, metadata[i]!)) as Event['metadata'];
    read.push(isShared ? freeze(one) : one);
  }
  const signals: Flow[] = [];
  let from = 0;
  for (let i = 0; i < times.length; i += 1) {
    const as = odd.get(i);
    if (as) {
      signals.push(as);
      continue;
    }
    const at = i * width;
    const end = columns[at + 4]!;
    // One string an event: whoever keeps a part of it keeps no other event.
    const own = cut(from, end);
    const middle = columns[at + 3]! - from;
    const event: Event = {
      id: own.slice(stamp, middle),
      timestamp: own.slice(0, stamp),
      source: names[columns[at + 1]!]!,
      group_id: names[columns[at + 2]!]!,
      text: own.slice(middle),
      metadata: read[columns[at + 5]!]!,
    };
    from = end;
    const signal: EventSignal = { kind: 'event', time: times[i]!, key: names[columns[at]!]!, event };
    signals.push(signal);
  }
  return signals;
}

/** The buffers of encoded signals, which need not be copied. */
export const listSignalBuffers = ({ times, columns, text, metadata }: EncodedSignals): ArrayBuffer[] =>
  [times, columns, text, metadata].map(({ buffer }) => buffer as ArrayBuffer);

/** Characters that are joined at a time: what takes more than 128 KB lies apart in the heap, which costs many times as much. */
const joinedLength = 1 << 15;

/** Texts behind each other. */
class Joined {
  length = 0;
  readonly #pieces: string[] = [];
  #parts: string[] = [];
  #joined = 0;

  /** Adds a text; gives where it ends. */
  add(text: string): number {
    this.#parts.push(text);
    this.length += text.length;
    if (this.length - this.#joined > joinedLength) this.#join();
    return this.length;
  }

  #join(): void {
    this.#pieces.push(this.#parts.join(''));
    this.#parts = [];
    this.#joined = this.length;
  }

  /** All of it in bytes of its own, which can be given away: one a character where a byte holds each, else two. */
  toBytes(): { text: Uint8Array; wide: boolean } {
    this.#join();
    const narrow = Buffer.allocUnsafeSlow(this.length);
    let at = 0;
    for (const piece of this.#pieces) {
      const end = at + narrow.write(piece, at, 'latin1');
      if (narrow.toString('latin1', at, end) !== piece) return { text: this.#toWide(), wide: true };
      at = end;
    }
    return { text: narrow, wide: false };
  }

  #toWide(): Uint8Array {
    const wide = Buffer.allocUnsafeSlow(this.length * 2);
    let at = 0;
    for (const piece of this.#pieces) at += wide.write(piece, at, 'utf16le');
    return wide;
  }
}

/** Numbers names, the same the same. */
class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(one: string): number {
    let number = this.#numbers.get(one);
    if (number === undefined) this.#numbers.set(one, (number = this.list.push(one) - 1));
    return number;
  }
}

/** Different metadata that are looked at before it is decided whether to go on looking for the same again. */
const tried = 64;

/** Metadata as JSON, behind each other, the same but once: the events of most programs have one of a few, others each their own. */
class MetadataTexts {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Metadata that several events share since they came from another thread. */
  readonly #objects = new Map<Event['metadata'], number>();
  #again = 0;

  /** The number of a metadata; null for one that JSON cannot say. */
  number(metadata: Event['metadata']): number | null {
    const { length } = this.texts;
    const looks = length < tried || this.#again >= length;
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

/** An event with nothing beside the six fields of an event. */
function isPlain(signal: Flow): signal is EventSignal {
  if (signal.kind !== 'event') return false;
  for (const name in signal) if (name !== 'kind' && name !== 'time' && name !== 'key' && name !== 'event') return false;
  const { event } = signal as EventSignal;
  let fields = 0;
  for (const name in event) {
    // In the order in which they are made again: it is that of what is written.
    if (name !== eventFields[fields]) return false;
    fields += 1;
    if (name !== 'metadata' && typeof event[name as keyof Event] !== 'string') return false;
  }
  return fields === eventFields.length && event.timestamp.length === stamp;
}

/** What several events share nobody writes to: that would change them all. */
function freeze<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

/** Whether JSON says it as it is: 1e999 was read as a number that it cannot write. */
function isJson(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'string' || typeof value === 'boolean';
  if (Array.isArray(value)) return value.every(isJson);
  for (const name in value) if (!isJson(value[name]!)) return false;
  return true;
}
