// One file, because what was assigned, asked, handed on and committed is one state.
import { randomUUID } from 'node:crypto';
import { PayloadReader, type Json, type SourceBatch, type SourceContext, type Trouble } from 'caducus';
import type { Admin, Consumer, ConsumerCrashEvent, ConsumerGroupJoinEvent, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { nameBrokers, openKafka } from './connect.ts';
import { explain, isRefusal, nameFailure } from './failure.ts';
import { Handover } from './handover.ts';
import { nameMessage } from './nameMessage.ts';
import { findStart, nameKey, readKey, readPlace, writePlace, type Committed } from './place.ts';
import { listTopics, type KafkaSourceOptions } from './readOptions.ts';

/** Messages of a batch at most. */
const most = 500;
/** A member that has not been heard of for so long has died: its partitions are given to others. Milliseconds, as all here. */
const session = 10_000;
const heartbeat = 3_000;
/** How long a broker waits for messages before it answers that there are none. */
const waitFor = 1_000;
/** A broker that has not answered for so long is reported. */
const lateAfter = 6_000;
/** How long the group is taken leave of at most: a broker that is away holds up no end. */
const partWithin = 5_000;

/** Reads topics by a group until it is stopped, or without `follow` to the end of what is there. */
export class Consumption {
  readonly #options: KafkaSourceOptions;
  readonly #context: SourceContext;
  readonly #path: string;
  readonly #group: string;
  readonly #reader: PayloadReader;
  readonly #handover = new Handover<SourceBatch>();
  readonly #owner: string;
  /** Of each partition, what comes next: all before it was handed on. */
  readonly #next: Map<string, number>;
  /** Partitions that this process has, with what is committed of them: -1 for nothing. */
  readonly #mine = new Map<string, number>();
  /** Where each partition began and ended when this was opened. */
  readonly #bounds = new Map<string, { low: number; high: number }>();
  /** Partitions of which a fetch was let go: they were told to go on elsewhere. */
  readonly #passed = new Set<string>();
  /** Done when it is known where to go on in the partitions that were assigned last. */
  #settling: Promise<void> = Promise.resolve();
  /** Since when a broker has been asked for messages and has not answered, by its number. */
  readonly #asked = new Map<number, number>();
  #crash: Trouble | null = null;
  #isOver = false;
  #isAsking = false;
  #admin: Admin | null = null;
  #consumer: Consumer | null = null;

  constructor(options: KafkaSourceOptions, context: SourceContext) {
    this.#options = options;
    this.#context = context;
    this.#path = `sources.${context.id}`;
    this.#group = options.group ?? `caducus-${context.id}`;
    this.#reader = new PayloadReader(context.id, 'kafka');
    const place = readPlace(context.from);
    this.#owner = place?.owner ?? randomUUID();
    this.#next = new Map(place?.next);
    context.signal.addEventListener('abort', () => this.#finish(), { once: true });
  }

  /** What keeps it from reading, and since when; null while nothing does. */
  get trouble(): Trouble | null {
    if (this.#crash) return this.#crash;
    const since = Math.min(...this.#asked.values());
    if (this.#context.io.now() - since < lateAfter || since === Number.POSITIVE_INFINITY) return null;
    return { since, why: `${nameBrokers(this.#options)}: no answer` };
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    if (this.#isOver) return;
    const kafka = await openKafka(this.#options, this.#context.io.files, this.#path);
    this.#admin = kafka.admin();
    this.#consumer = kafka.consumer({
      groupId: this.#group,
      sessionTimeout: session,
      heartbeatInterval: heartbeat,
      maxWaitTimeInMs: waitFor,
      allowAutoTopicCreation: false,
      retry: { retries: 3, restartOnFailure: async (error) => !this.#isOver && !isRefusal(error) },
    });
    try {
      await this.#look(this.#admin);
      await this.#consume(this.#consumer);
      for (let batch = await this.#handover.take(); batch !== null; batch = await this.#handover.take()) yield batch;
    } catch (error) {
      if (this.#isOver) return;
      throw nameFailure(error, this.#path, nameBrokers(this.#options));
    }
  }

  /** Commits what a checkpoint on disk holds. What does not get through is committed with the next. */
  async commit(position: Json): Promise<void> {
    const place = readPlace(position);
    if (place === null || !this.#consumer) return;
    const covered = [...place.next].filter(([key, offset]) => offset > (this.#mine.get(key) ?? Number.POSITIVE_INFINITY));
    await this.#commit(this.#consumer, covered).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#finish();
    const parted = new AbortController();
    const late = this.#context.io.sleep(partWithin, parted.signal).catch(() => undefined);
    await Promise.race([Promise.allSettled([this.#consumer?.disconnect(), this.#admin?.disconnect()]), late]);
    parted.abort();
  }

  /** Nothing more is taken. The group is left when all is committed, with `close`. */
  #finish(): void {
    this.#isOver = true;
    this.#handover.end();
    try {
      this.#consumer?.pause(listTopics(this.#options).map((topic) => ({ topic })));
    } catch {
      // It has not joined its group: there is nothing that could come.
    }
  }

  async #commit(consumer: Consumer, offsets: readonly (readonly [string, number])[]): Promise<void> {
    if (offsets.length === 0) return;
    await consumer.commitOffsets(offsets.map(([key, offset]) => ({ ...readKey(key), offset: String(offset), metadata: this.#owner })));
    for (const [key, offset] of offsets) if (this.#mine.has(key)) this.#mine.set(key, offset);
  }

  async #look(admin: Admin): Promise<void> {
    await admin.connect();
    for (const topic of listTopics(this.#options))
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
        this.#bounds.set(nameKey(topic, partition), { low: Number(low), high: Number(high) });
  }

  async #consume(consumer: Consumer): Promise<void> {
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.#joined(payload));
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#crashed(payload));
    consumer.on(consumer.events.FETCH_START, ({ payload: { nodeId } }) => {
      if (!this.#asked.has(nodeId)) this.#asked.set(nodeId, this.#context.io.now());
    });
    consumer.on(consumer.events.FETCH, ({ payload: { nodeId } }) => {
      this.#asked.delete(nodeId);
      this.#endIfAllIsRead();
    });
    // Also of fetches in which there was nothing but marks of transactions.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
      const key = nameKey(topic, partition);
      if (this.#passed.delete(key)) return;
      this.#next.set(key, Number(lastOffset) + 1);
      this.#endIfAllIsRead();
    });
    await consumer.connect();
    // Where what was to come next is no longer there, what is there is read from its beginning.
    await consumer.subscribe({ topics: listTopics(this.#options), fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: (payload) => this.#take(payload) });
  }

  #joined({ memberAssignment }: ConsumerGroupJoinEvent['payload']): void {
    this.#crash = null;
    this.#asked.clear();
    this.#settling = this.#settle(Object.entries(memberAssignment).flatMap(([topic, all]) => all.map((one) => nameKey(topic, one))));
    // Who takes a fetch hears of it.
    this.#settling.catch(() => undefined);
  }

  #crashed({ error, restart }: ConsumerCrashEvent['payload']): void {
    if (!restart) this.#handover.fail(error);
    this.#crash ??= { since: this.#context.io.now(), why: `${nameBrokers(this.#options)}: ${explain(error)}` };
  }

  /** Finds where to go on in the partitions that were assigned, and says so. */
  async #settle(keys: readonly string[]): Promise<void> {
    const consumer = this.#consumer!;
    const committed = await this.#askCommitted();
    this.#mine.clear();
    this.#passed.clear();
    const begun: [string, number][] = [];
    for (const key of keys) {
      const of = committed.get(key) ?? null;
      this.#mine.set(key, of?.offset ?? -1);
      const own = this.#next.get(key) ?? null;
      const begin = this.#options.start === 'new' ? (this.#bounds.get(key)?.high ?? null) : null;
      const start = findStart(own, of, this.#owner, begin);
      if (start === null) continue;
      this.#next.set(key, start);
      consumer.seek({ ...readKey(key), offset: String(start) });
      // Another start must not begin later, with what comes by then lost.
      if (own === null && of === null) begun.push([key, start]);
    }
    await this.#commit(consumer, begun);
    this.#endIfAllIsRead();
  }

  async #askCommitted(): Promise<Map<string, Committed>> {
    const answers = await this.#admin!.fetchOffsets({ groupId: this.#group, topics: listTopics(this.#options) });
    const all = answers.flatMap(({ topic, partitions }) => partitions.map((one) => ({ ...one, key: nameKey(topic, one.partition) })));
    return new Map(
      all
        .filter(({ offset }) => Number(offset) >= 0)
        .map(({ key, offset, metadata }) => [key, { offset: Number(offset), owner: metadata }]),
    );
  }

  /** Without `follow`: ends it when all partitions were read as far as they went when it began, here or by others of the group. */
  #endIfAllIsRead(): void {
    if (this.#options.follow || this.#isAsking) return;
    const left = [...this.#bounds].filter(
      ([key, { low, high }]) => Math.max(low, this.#mine.has(key) ? (this.#next.get(key) ?? 0) : 0) < high,
    );
    if (left.length === 0) this.#finish();
    if (left.length === 0 || left.some(([key]) => this.#mine.has(key))) return;
    this.#isAsking = true;
    const judge = (committed: ReadonlyMap<string, Committed>) => {
      if (left.every(([key, { high }]) => !this.#mine.has(key) && (committed.get(key)?.offset ?? 0) >= high)) this.#finish();
    };
    // Where nobody can say, it is asked again with the next fetch.
    void this.#askCommitted()
      .then(judge, () => undefined)
      .finally(() => (this.#isAsking = false));
  }

  async #take({ batch, resolveOffset, heartbeat: beat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = batch;
    const key = nameKey(topic, partition);
    this.#passed.add(key);
    await this.#settling;
    const first = Number(batch.firstOffset());
    // The topic was made anew, and counts from zero again.
    if (!isStale() && first < (this.#next.get(key) ?? 0)) this.#mine.set(key, -1);
    for (let at = 0; at < messages.length; at += most) {
      if (!isRunning() || isStale()) return;
      const some = messages.slice(at, at + most);
      const isLast = at + most >= messages.length;
      const last = some.at(-1)!.offset;
      const next = Number(isLast ? batch.lastOffset() : last) + 1;
      if (!(await this.#handOn(key, some, next, beat))) return;
      resolveOffset(last);
    }
    this.#passed.delete(key);
  }

  async #handOn(key: string, messages: readonly KafkaMessage[], next: number, beat: () => Promise<void>): Promise<boolean> {
    const records = [];
    const { topic, partition } = readKey(key);
    for (const { value, offset, timestamp } of messages) {
      // A mark that a key was removed: there is no record in it.
      if (value === null) continue;
      const name = nameMessage(topic, partition, Number(offset));
      records.push(...(await this.#reader.read({ body: value, name, time: Number(timestamp), group: topic })));
    }
    const place = { owner: this.#owner, next: new Map(this.#next).set(key, next) };
    const isTaken = await this.#handover.give({ records, position: writePlace(place) }, async (change) => {
      // The end is a change too.
      const nap = new AbortController();
      await Promise.race([change, this.#context.io.sleep(heartbeat, nap.signal).catch(() => undefined)]);
      nap.abort();
      await beat();
    });
    if (isTaken) this.#next.set(key, next);
    return isTaken;
  }
}
