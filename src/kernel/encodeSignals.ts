import type { Event, Json } from '../event.ts';
import type { Flow } from './defineOperator.ts';
import type { EventSignal } from '../signal.ts';
import { MetadataTexts } from './metadataTexts.ts';
import { countSent, fillShape, isSent, MetadataShapes, type Shape } from './metadataShapes.ts';

/**
 * Signals as they travel between threads: the texts of all their events as one run of bytes, the rest as columns. What is no
 * plain event, or holds what JSON cannot, travels as it is.
 */
export interface EncodedSignals {
  /** Event time of each signal, milliseconds. */
  times: Float64Array;
  /**
   * Six numbers a signal: of its key, source and group in `names`, where its id and its text end in `text`, and of its metadata
   * in `metadata`; less than none: -1 - the number of its shape, of metadata that no other event has.
   */
  columns: Int32Array;
  names: readonly string[];
  /**
   * Id, timestamp, text and metadata values of each event behind each other, then each metadata that several share: a byte a
   * character, or two where `wide`.
   */
  text: Uint8Array;
  wide: boolean;
  /** Where each metadata that several share ends in `text`; ahead of them, where the first begins. */
  metadata: Int32Array;
  shapes: readonly Shape[];
  /** Where each value of a metadata with a shape ends in `text`. */
  values: Int32Array;
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
  const shapes = new MetadataShapes();
  const values: number[] = [];
  const text = new Joined();
  for (let i = 0; i < signals.length; i += 1) {
    const signal = signals[i]!;
    const plain = isPlain(signal);
    const shape = plain && !metadata.isShared ? shapes.number(signal.event.metadata) : null;
    const noted = shape !== null ? -1 - shape : plain ? metadata.number(signal.event.metadata) : null;
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
    columns[at + 3] = text.add(event.id);
    text.add(event.timestamp);
    columns[at + 4] = text.add(event.text);
    columns[at + 5] = noted;
    if (shape === null) continue;
    for (const { name, kind } of shapes.list[shape]!) if (isSent(kind)) values.push(text.add(String(event.metadata[name])));
  }
  const ends = new Int32Array(metadata.texts.length + 1);
  ends[0] = text.length;
  for (const [i, one] of metadata.texts.entries()) ends[i + 1] = text.add(one);
  const flat = { shapes: shapes.list, values: Int32Array.from(values) };
  return { times, columns, names: names.list, ...text.toBytes(), metadata: ends, ...flat, odd };
}

export function decodeSignals({ times, columns, names, text, wide, metadata, shapes, values, odd }: EncodedSignals): Flow[] {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const cut = wide
    ? (from: number, to: number) => bytes.toString('utf16le', from * 2, to * 2)
    : (from: number, to: number) => bytes.toString('latin1', from, to);
  const isShared = metadata.length - 1 < countListed(columns, times.length) - odd.size;
  const read: Event['metadata'][] = [];
  for (let i = 1; i < metadata.length; i += 1) {
    const one = JSON.parse(cut(metadata[i - 1]!, metadata[i]!)) as Event['metadata'];
    read.push(isShared ? freeze(one) : one);
  }
  const signals: Flow[] = [];
  const counts = shapes.map(countSent);
  let from = 0;
  let value = 0;
  for (let i = 0; i < times.length; i += 1) {
    const as = odd.get(i);
    if (as) {
      signals.push(as);
      continue;
    }
    const at = i * width;
    const noted = columns[at + 5]!;
    const shape = noted < 0 ? shapes[-1 - noted]! : null;
    const sent = noted < 0 ? counts[-1 - noted]! : 0;
    const end = columns[at + 4]!;
    const whole = sent === 0 ? end : values[value + sent - 1]!;
    const start = columns[at + 3]!;
    // A string of its own: ids are kept for long, and what is cut from a string keeps all of it.
    const id = cut(from, start);
    // One string for the rest of an event: whoever keeps a part of it keeps no other event.
    const own = cut(start, whole);
    let last = end - start;
    const nextValue = () => own.slice(last, (last = values[value++]! - start));
    const event: Event = {
      id,
      timestamp: own.slice(0, stamp),
      source: names[columns[at + 1]!]!,
      group_id: names[columns[at + 2]!]!,
      text: own.slice(stamp, end - start),
      metadata: shape === null ? read[noted]! : fillShape(shape, nextValue),
    };
    from = whole;
    const signal: EventSignal = { kind: 'event', time: times[i]!, key: names[columns[at]!]!, event };
    signals.push(signal);
  }
  return signals;
}

/** Signals of which the metadata is in the list of those that are shared, or that travel as they are. */
function countListed(columns: Int32Array, signals: number): number {
  let count = 0;
  for (let i = 0; i < signals; i += 1) if (columns[i * width + 5]! >= 0) count += 1;
  return count;
}

/** The buffers of encoded signals, which need not be copied. */
export const listSignalBuffers = ({ times, columns, text, metadata, values }: EncodedSignals): ArrayBuffer[] =>
  [times, columns, text, metadata, values].map(({ buffer }) => buffer as ArrayBuffer);

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
