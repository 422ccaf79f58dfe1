import { headers } from '@nats-io/transport-node';
import { CaducusError, Stale, type Message } from 'caducus';
import { randomUUID } from 'node:crypto';
import { answerWithin, type Jet } from '../connect.ts';
import { askStored, type Stored } from './askStored.ts';
import { isWrongLast } from './delay.ts';
import { nameStream, nameSubject } from './engineStream.ts';
import { forgetBelow } from './forget.ts';
import type { Patience } from './patience.ts';
import { readSubject } from './readSubject.ts';

/** Header by which a process knows its own message again. */
const tokenHeader = 'Caducus-Token';
/** What headers and protocol may take of the bytes of a message. */
const roomForHeaders = 1_024;

/** The logs of a pipeline in its stream: see `Transport` for what each does. */
export class JetStreamLog {
  readonly #jet: Jet;
  readonly #patience: Patience;
  readonly #pipeline: string;
  readonly #stream: string;
  readonly #path: string;
  readonly #process = randomUUID();
  #written = 0;
  /** The newest number of a subject that was seen: there is one at least as new. */
  readonly #seen = new Map<string, number>();

  constructor(jet: Jet, patience: Patience, { pipeline, path }: { pipeline: string; path: string }) {
    this.#jet = jet;
    this.#patience = patience;
    this.#pipeline = pipeline;
    this.#stream = nameStream(pipeline);
    this.#path = path;
  }

  async append(subject: string, body: Uint8Array, expected: number | null): Promise<number> {
    const token = `${this.#process}.${(this.#written += 1)}`;
    this.#checkSize(subject, body);
    const seq = await this.#patience.until(() => this.#publish(subject, body, { expected, token }));
    this.#see(subject, seq);
    return seq;
  }

  async last(subject: string): Promise<Message | null> {
    const message = await this.#patience.until(() => this.#newest(subject));
    if (message) this.#see(subject, message.seq);
    return message && this.#toMessage(message);
  }

  async get(seq: number): Promise<Message | null> {
    const message = await this.#patience.until(() => askStored(this.#jet, this.#stream, { seq }));
    return message && this.#toMessage(message);
  }

  async *read(subject: string, signal: AbortSignal, after = 0): AsyncGenerator<Message> {
    const place = { stream: this.#stream, subject: this.#address(subject), after };
    for await (const { seq, data } of readSubject(this.#jet, this.#patience, place, signal)) {
      this.#see(subject, seq);
      yield { subject, seq, body: data };
    }
  }

  async purge(subject: string, upTo: number): Promise<void> {
    const seen = this.#seen.get(subject) ?? 0;
    const newest = seen > upTo ? seen : ((await this.last(subject))?.seq ?? 0);
    const before = Math.min(upTo + 1, newest);
    // Nothing is before the first, and a server that is given 1 forgets the whole subject.
    if (before <= 1) return;
    await forgetBelow(this.#jet, this.#patience, { stream: this.#stream, subject: this.#address(subject) }, before);
  }

  #address(subject: string): string {
    return nameSubject(this.#pipeline, subject);
  }

  #see(subject: string, seq: number): void {
    if (seq > (this.#seen.get(subject) ?? 0)) this.#seen.set(subject, seq);
  }

  /** Publishes once. Refused, it looks whether its own message is the newest: it was written, and the answer got lost. */
  async #publish(subject: string, body: Uint8Array, { expected, token }: { expected: number | null; token: string }): Promise<number> {
    const own = headers();
    if (expected === null) own.set('Nats-Msg-Id', token);
    else own.set(tokenHeader, token);
    const expect = { streamName: this.#stream, ...(expected !== null && { lastSubjectSequence: expected }) };
    try {
      return (await this.#jet.js.publish(this.#address(subject), body, { headers: own, expect, timeout: answerWithin })).seq;
    } catch (error) {
      if (!isWrongLast(error)) {
        // Nobody listens where the stream is gone, or not there yet: it says which.
        if (error instanceof Error && error.name === 'JetStreamNotEnabled') await this.#jet.jsm.streams.info(this.#stream);
        throw error;
      }
      const newest = await this.#newest(subject);
      if (newest?.readHeader(tokenHeader) === token) return newest.seq;
      // Replicas refuse while a message is on its way through them, which may be this one.
      if ((newest?.seq ?? 0) === expected) throw new Error('a message of this subject is on its way', { cause: error });
      throw new Stale(subject);
    }
  }

  #newest(subject: string): Promise<Stored | null> {
    return askStored(this.#jet, this.#stream, { last_by_subj: this.#address(subject) });
  }

  #toMessage({ subject, seq, data }: Stored): Message {
    return { subject: subject.slice(this.#address('').length), seq, body: data };
  }

  #checkSize(subject: string, body: Uint8Array): void {
    const most = this.#jet.nc.info?.max_payload ?? Number.POSITIVE_INFINITY;
    if (body.length + roomForHeaders <= most) return;
    throw new CaducusError(
      'CAD020',
      { path: this.#path },
      `a message of ${subject} has ${body.length} bytes, and the server takes ${most}`,
      {
        hint: 'Set max_payload of the server to 1MB, its default, or more.',
      },
    );
  }
}
