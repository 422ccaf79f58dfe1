import { isUtf8 } from 'node:buffer';
import type { Signal } from '../signal.ts';
import type { DecodeContext, Delivery } from './http/decode.ts';
import { decodeBody } from './http/decodeBody.ts';
import { ndjsonBody, readObject } from './http/jsonBody.ts';
import { httpOptions } from './http/options.ts';
import { readShipped } from './http/shippers/readShipped.ts';

/** A message as a broker carried it. */
export interface Payload {
  body: Uint8Array;
  /** What it is called in its source, the same whenever it is read: ids are made of it. */
  name: string;
  /** When the broker took it, milliseconds since 1970: the time of a record that names none. */
  time: number;
  /** The group of a record that names none, such as the subject. */
  group: string;
}

const brace = '{'.charCodeAt(0);
const newline = '\n'.charCodeAt(0);

/** How much of a message that cannot be read is kept, bytes. */
const kept = 4096;

/**
 * Reads messages of brokers, whatever they carry: a JSON object, a list of them, one a line, an OpenTelemetry export, an
 * alert of a sender that is known, or a line of a log. What is no text becomes a rejected record.
 */
export class PayloadReader {
  readonly #delivery: Pick<Delivery, 'id' | 'kind'>;
  readonly #context: Pick<DecodeContext, 'options' | 'headers' | 'fetchText' | 'uncounted'> = {
    options: httpOptions.parse({}),
    headers: {},
    fetchText: () => Promise.reject(new Error('nothing is fetched')),
    uncounted: () => undefined,
  };

  /** @param id of the source @param kind what ids begin with, such as `nats` */
  constructor(id: string, kind: string) {
    this.#delivery = { id, kind };
  }

  async read({ body, name, time, group }: Payload): Promise<Signal[]> {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if (!isUtf8(bytes)) return [this.#refused('is no text in UTF-8', bytes, time)];
    if (bytes.toString('utf8').trim() === '') return [this.#refused('is empty', bytes, time)];
    const delivery: Delivery = { ...this.#delivery, now: time, request: name };
    return this.#inGroup((await this.#readJson(bytes, delivery)) ?? this.#readLine(bytes, delivery), group);
  }

  /** null for what is no JSON: a line may begin with a bracket too. */
  async #readJson(bytes: Buffer, delivery: Delivery): Promise<Signal[] | null> {
    if (!/^\s*[[{]/.test(bytes.toString('utf8', 0, 256))) return null;
    const context = { ...delivery, ...this.#context };
    const isLine = bytes[0] === brace && !bytes.subarray(0, -1).includes(newline);
    const one = isLine ? readObject(bytes, context) : null;
    if (one !== null) return one;
    const decoded = await decodeBody(ndjsonBody, bytes, context);
    if (!('records' in decoded)) return null;
    const isWhole = decoded.records.some(({ kind }) => kind !== 'rejected');
    return isWhole ? decoded.records : null;
  }

  #readLine(bytes: Buffer, delivery: Delivery): Signal[] {
    return readShipped([{ line: bytes.toString('utf8').trimEnd(), time: null, group: null, fields: {} }], delivery);
  }

  /** A record that names no group is put into the one of its message. */
  #inGroup(records: Signal[], group: string): Signal[] {
    const { id } = this.#delivery;
    for (const record of records)
      if (record.kind === 'event' && record.event.group_id === `${id}:${id}`) record.event.group_id = `${id}:${group}`;
    return records;
  }

  #refused(reason: string, bytes: Buffer, time: number): Signal {
    const original = bytes.toString('latin1', 0, kept);
    return { kind: 'rejected', time, key: '', rejected: { source: this.#delivery.id, reason, place: {}, original } };
  }
}
