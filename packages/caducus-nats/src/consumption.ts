import type { ConsumerInfo, ConsumerMessages, JsMsg, StoredMsg } from '@nats-io/jetstream';
import { CaducusError, PayloadReader, type Json, type SourceBatch, type SourceContext, type Trouble } from 'caducus';
import { answerWithin, openJet, type Jet } from './connect.ts';
import { nameFailure } from './failure.ts';
import { Ledger, readPlace } from './ledger.ts';
import { readStretch } from './readStretch.ts';
import { addConsumer, findConsumer, findStream } from './resources.ts';
import { nameConsumer, type NatsSourceOptions } from './readOptions.ts';

/** Messages of a batch at most. */
const most = 500;
/** How long a pull waits for messages at the server, milliseconds. */
const pullFor = 5_000;
/** How long a batch that has begun waits for more, milliseconds. */
const gather = 5;
/** Between two attempts while the server is out of order, milliseconds. */
const pause = 1_000;
/** Room for numbers up to 36^9 in names, so that their order is that of the numbers. */
const digits = 9;

/** Reads a stream by its consumer until it is stopped, or without `follow` to the end of what is there. */
export class Consumption {
  readonly #options: NatsSourceOptions;
  readonly #context: SourceContext;
  readonly #path: string;
  readonly #reader: PayloadReader;
  readonly #closing = new AbortController();
  #jet: Jet | null = null;
  #ledger = new Ledger(0);
  #created = '';
  /** Older messages are not of this consumer, milliseconds since 1970. */
  #notBefore = 0;
  #failing: Trouble | null = null;
  #messages: ConsumerMessages | null = null;

  constructor(options: NatsSourceOptions, context: SourceContext) {
    this.#options = options;
    this.#context = context;
    this.#path = `sources.${context.id}`;
    this.#reader = new PayloadReader(context.id, 'nats');
    context.signal.addEventListener('abort', () => void this.#stop(), { once: true });
  }

  get duplicates(): number {
    return this.#ledger.duplicates;
  }

  trouble(): Trouble | null {
    return this.#jet?.trouble() ?? this.#failing;
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    this.#jet = await openJet(this.#options, this.#context.io, this.#path);
    const info = await this.#open(this.#jet).catch((error: unknown) => {
      throw nameFailure(error, { path: this.#path, servers: this.#jet!.nc.getServer() });
    });
    // What came later is for the next run.
    const end = this.#options.follow ? Number.POSITIVE_INFINITY : info.delivered.stream_seq + info.num_pending;
    for (let known: ConsumerInfo | null = info; !this.#stopped; known = null) {
      try {
        const { delivered } = known ?? (await this.#open(this.#jet));
        this.#failing = null;
        yield* this.#catchUp(this.#jet, delivered.stream_seq);
        if (info.num_pending === 0 && !this.#options.follow) return;
        if (yield* this.#consume(this.#jet, delivered.consumer_seq, end)) return;
      } catch (error) {
        if (this.#stopped) return;
        // A server that is restarted says this and that before it is there again; what only a person can mend ends the run.
        const failure = nameFailure(error, { path: this.#path, servers: this.#jet.nc.getServer() });
        if (error instanceof CaducusError || this.#jet.nc.isClosed()) throw failure;
        this.#failing ??= { since: this.#context.io.now(), why: failure.what };
        await this.#context.io.sleep(pause, this.#context.signal).catch(() => undefined);
      }
    }
  }

  /** Acknowledges what a checkpoint on disk holds. What does not get through comes again, and is acknowledged then. */
  async commit(position: Json): Promise<void> {
    const place = readPlace(position);
    if (!place || place.created !== this.#created || !this.#jet || this.#jet.nc.isClosed()) return;
    for (const reply of this.#ledger.cover(place.seq)) this.#acknowledge(reply);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#stop();
    await this.#jet?.close();
  }

  get #stopped(): boolean {
    return this.#context.signal.aborted || this.#closing.signal.aborted;
  }

  async #stop(): Promise<void> {
    this.#messages?.stop();
  }

  #acknowledge(reply: string): void {
    this.#jet!.nc.publish(reply, '+ACK');
  }

  /** Finds stream and consumer, which is made where there is none, and on the first call where to go on. */
  async #open(jet: Jet): Promise<ConsumerInfo> {
    const name = nameConsumer(this.#options, this.#context.id);
    const stream = await findStream(jet, this.#options.stream, this.#path);
    const isNew = stream.created !== this.#created;
    const place = isNew ? readPlace(this.#context.from) : { seq: this.#ledger.handed, created: this.#created };
    // The numbers of a stream that was made anew say nothing of the old one's.
    const after = place?.created === stream.created ? place.seq : null;
    const info =
      (await findConsumer(jet, this.#options, name, this.#path)) ?? (await addConsumer(jet, this.#options, name, { stream, after }));
    if (isNew) {
      this.#created = stream.created;
      this.#ledger = new Ledger(after ?? Math.max(info.ack_floor.stream_seq, (info.config.opt_start_seq ?? 1) - 1));
      this.#notBefore = after === null && info.config.opt_start_time ? Date.parse(info.config.opt_start_time) : 0;
    }
    return info;
  }

  /** What was given to somebody who is gone, or got lost on its way: it would come again only after `ack_wait`, and behind what is newer. */
  async *#catchUp(jet: Jet, to: number): AsyncGenerator<SourceBatch> {
    const { stream, subject } = this.#options;
    let batch: StoredMsg[] = [];
    for await (const message of readStretch(jet, stream, subject, this.#ledger.handed + 1, to)) {
      if (this.#stopped) return;
      if (message.time.getTime() >= this.#notBefore) batch.push(message);
      if (batch.length < most) continue;
      yield await this.#handOn(batch);
      batch = [];
    }
    if (batch.length > 0) yield await this.#handOn(batch);
  }

  /** Pulls messages; returns whether the end was reached. Throws when the connection breaks. */
  async *#consume(jet: Jet, delivered: number, end: number): AsyncGenerator<SourceBatch, boolean> {
    const name = nameConsumer(this.#options, this.#context.id);
    const consumer = await jet.js.consumers.get(this.#options.stream, name);
    let last = delivered;
    while (!this.#stopped) {
      this.#messages = await consumer.fetch({ max_messages: most, expires: pullFor });
      for await (const batch of this.#inBatches(this.#messages)) {
        const taken: JsMsg[] = [];
        for (const message of batch) {
          // A number was left out: somebody has been given messages before this one that never arrived here.
          if (message.info.deliverySequence !== last + 1 && message.seq > this.#ledger.handed + 1) {
            if (taken.length > 0) yield await this.#makeBatch(taken.splice(0));
            yield* this.#catchUp(jet, message.seq - 1);
          }
          last = message.info.deliverySequence;
          const { reply } = message as JsMsg & { reply: string };
          const verdict = this.#ledger.receive(message.seq, reply);
          if (verdict === 'hand') taken.push(message);
          if (verdict === 'ack') this.#acknowledge(reply);
        }
        if (taken.length > 0) yield await this.#makeBatch(taken);
        if (this.#ledger.handed >= end || (end !== Number.POSITIVE_INFINITY && batch.at(-1)?.info.pending === 0)) return true;
      }
      if (jet.trouble() !== null) throw new Error('the connection was lost');
    }
    return false;
  }

  /** Messages as they come, those together that came together. */
  async *#inBatches(messages: ConsumerMessages): AsyncGenerator<JsMsg[]> {
    const iterator = messages[Symbol.asyncIterator]();
    let next = iterator.next();
    for (;;) {
      // A pull that got lost with its connection does not always end by itself.
      const over = new AbortController();
      const overdue = this.#context.io.sleep(pullFor + answerWithin, over.signal).then(
        () => null,
        () => null,
      );
      const first = await Promise.race([next, overdue]);
      over.abort();
      if (first === null) {
        messages.stop();
        throw new Error('a pull was not answered');
      }
      if (first.done) return;
      const batch = [first.value];
      const enough = this.#context.io.sleep(gather).then(() => null);
      next = iterator.next();
      while (batch.length < most) {
        const more = await Promise.race([next, enough]);
        if (more === null || more.done) break;
        batch.push(more.value);
        next = iterator.next();
      }
      yield batch;
    }
  }

  /** What was read from the stream counts as handed on only now: where reading breaks off in between, it is read again. */
  #handOn(messages: readonly StoredMsg[]): Promise<SourceBatch> {
    for (const { seq } of messages) this.#ledger.read(seq);
    return this.#makeBatch(messages);
  }

  async #makeBatch(messages: readonly (JsMsg | StoredMsg)[]): Promise<SourceBatch> {
    const records = [];
    for (const message of messages) {
      const { seq, subject, data } = message;
      const time = 'info' in message ? Math.floor(message.info.timestampNanos / 1e6) : message.time.getTime();
      const name = seq.toString(36).padStart(digits, '0');
      records.push(...(await this.#reader.read({ body: data, name, time, group: subject })));
    }
    return { records, position: { seq: messages.at(-1)!.seq, created: this.#created } };
  }
}
