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
  /** Six numbers a signal: number of its key, source and group in `names`; where its id, its text and its metadata end in `text`. */
  columns: Int32Array;
  names: readonly string[];
  /** Id, timestamp, text and metadata of each event behind each other: a byte a character, or two where `wide`. */
  text: Uint8Array;
  wide: boolean;
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
  const numbers = new Map<string, number>();
  const number = (name: string): number => {
    let known = numbers.get(name);
    if (known === undefined) numbers.set(name, (known = numbers.size));
    return known;
  };
  let all = '';
  for (const [i, signal] of signals.entries()) {
    if (!isPlain(signal)) {
      odd.set(i, signal);
      continue;
    }
    const { time, key, event } = signal;
    const at = i * width;
    times[i] = time;
    columns[at] = number(key);
    columns[at + 1] = number(event.source);
    columns[at + 2] = number(event.group_id);
    all += event.timestamp;
    all += event.id;
    columns[at + 3] = all.length;
    all += event.text;
    columns[at + 4] = all.length;
    all += JSON.stringify(event.metadata);
    columns[at + 5] = all.length;
  }
  const wide = !isNarrow(all);
  const text = Uint8Array.from(Buffer.from(all, wide ? 'utf16le' : 'latin1'));
  return { times, columns, names: [...numbers.keys()], text, wide, odd };
}

export function decodeSignals({ times, columns, names, text, wide, odd }: EncodedSignals): Flow[] {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const cut = wide
    ? (from: number, to: number) => bytes.toString('utf16le', from * 2, to * 2)
    : (from: number, to: number) => bytes.toString('latin1', from, to);
  let from = 0;
  return Array.from(times, (time, i): Flow => {
    const as = odd.get(i);
    if (as) return as;
    const at = i * width;
    const [id, line, end] = [columns[at + 3]!, columns[at + 4]!, columns[at + 5]!];
    const event: Event = {
      id: cut(from + stamp, id),
      timestamp: cut(from, from + stamp),
      source: names[columns[at + 1]!]!,
      group_id: names[columns[at + 2]!]!,
      text: cut(id, line),
      metadata: JSON.parse(cut(line, end)) as Event['metadata'],
    };
    from = end;
    const signal: EventSignal = { kind: 'event', time, key: names[columns[at]!]!, event };
    return signal;
  });
}

/** The buffers of encoded signals, which need not be copied. */
export const listSignalBuffers = ({ times, columns, text }: EncodedSignals): ArrayBuffer[] =>
  [times, columns, text].map(({ buffer }) => buffer as ArrayBuffer);

/** An event with nothing beside the six fields of an event, as JSON could have said it. */
function isPlain(signal: Flow): signal is EventSignal {
  if (signal.kind !== 'event') return false;
  for (const name in signal) if (name !== 'kind' && name !== 'time' && name !== 'key' && name !== 'event') return false;
  const { event } = signal as EventSignal;
  let fields = 0;
  for (const name in event) {
    // In the order in which they are made again: it is that of what is written.
    if (name !== eventFields[fields]) return false;
    fields += 1;
    if (name === 'metadata' ? !isJson(event.metadata) : typeof event[name as keyof Event] !== 'string') return false;
  }
  return fields === eventFields.length && event.timestamp.length === stamp;
}

/** Whether JSON says it as it is: 1e999 was read as a number that it cannot write. */
function isJson(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return value === null || typeof value === 'string' || typeof value === 'boolean';
  if (Array.isArray(value)) return value.every(isJson);
  for (const name in value) if (!isJson(value[name]!)) return false;
  return true;
}

/** Whether a byte holds each of its characters. */
function isNarrow(text: string): boolean {
  return !/[^\0-\xff]/.test(text);
}
