import { PayloadReader, type Json, type Signal, type SourceBatch, type SourceContext, type Trouble } from 'caducus';
import type { Redis } from 'ioredis';
import { findHost, isRefusal, nameFailure, openRedis, ready } from './connect.ts';
import type { RedisSourceOptions } from './source.ts';

/** Entries of a batch at most. */
const most = 500;
/** How long a read waits for entries at the server, milliseconds. */
const block = 1_000;
/** Between two attempts while the server is out of order, milliseconds. */
const pause = 1_000;
/** Room for the numbers of an id in names, so that their order is that of the ids. */
const digits = 12;

/** An entry: its id, and its fields, names and values in turn; null where it was removed meanwhile. */
type Entry = [id: string, fields: string[] | null];

/** Ids are two numbers: milliseconds, and which one of them. */
export function compareIds(a: string, b: string): number {
  const [[a1 = 0, a2 = 0], [b1 = 0, b2 = 0]] = [a, b].map((id) => id.split('-').map(Number)) as [number[], number[]];
  return a1 - b1 || a2 - b2;
}

interface Place {
  /** The newest entry that was handed on. */
  last: string;
  /** Rises with every batch: what was taken over from others may be older than the newest. */
  sequence: number;
}

function readPlace(from: Json | null): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { last, sequence } = from;
  return typeof last === 'string' && typeof sequence === 'number' ? { last, sequence } : null;
}

/** Reads a stream by its group until it is stopped, or without `follow` to the end of what is there. */
export class Consumption {
  duplicates = 0;
  trouble: Trouble | null = null;
  readonly #options: RedisSourceOptions;
  readonly #context: SourceContext;
  readonly #reader: PayloadReader;
  readonly #closing = new AbortController();
  readonly #group: string;
  readonly #path: string;
  /** The newest entry of the checkpoint that was gone on from. */
  readonly #before: string | null;
  #last: string;
  #sequence: number;
  #client: Redis | null = null;
  /** Handed on, and not yet acknowledged, with the number of their batch. */
  readonly #waiting = new Map<string, number>();

  constructor(options: RedisSourceOptions, context: SourceContext) {
    this.#options = options;
    this.#context = context;
    this.#path = `sources.${context.id}`;
    this.#group = options.group ?? `caducus-${context.id}`;
    this.#reader = new PayloadReader(context.id, 'redis');
    const place = readPlace(context.from);
    this.#before = place?.last ?? null;
    this.#last = this.#before ?? '0-0';
    this.#sequence = place?.sequence ?? 0;
    context.signal.addEventListener('abort', () => this.#client?.disconnect(), { once: true });
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    const { io, signal } = this.#context;
    const { url, follow } = this.#options;
    this.#client = await openRedis(this.#options, io.files, this.#path);
    for (let isFirst = true; !this.#stopped;) {
      try {
        await ready(this.#client);
        await this.#makeGroup(this.#client);
        this.trouble = null;
        isFirst = false;
        yield* this.#readAll(this.#client);
        if (!follow) return;
      } catch (error) {
        if (this.#stopped) return;
        // What a server says while it is restarted mends itself; what only a person can mend ends the run.
        if (isFirst || (isRefusal(error) && !/NOGROUP|LOADING/.test((error as Error).message))) throw nameFailure(error, this.#path, url);
        this.trouble ??= { since: io.now(), why: `${findHost(url)}: ${(error as Error).message}` };
        await io.sleep(pause, signal).catch(() => undefined);
      }
    }
  }

  /** Acknowledges what a checkpoint on disk holds. What does not get through is given again, and acknowledged then. */
  async commit(position: Json): Promise<void> {
    const place = readPlace(position);
    if (place === null || !this.#client) return;
    const covered = [...this.#waiting].filter(([, sequence]) => sequence <= place.sequence).map(([id]) => id);
    if (covered.length > 0) await this.#acknowledge(this.#client, covered).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#client?.disconnect();
  }

  get #stopped(): boolean {
    return this.#context.signal.aborted || this.#closing.signal.aborted;
  }

  async #makeGroup(client: Redis): Promise<void> {
    const { stream, start } = this.#options;
    try {
      await client.xgroup('CREATE', stream, this.#group, this.#before ?? (start === 'all' ? '0' : '$'), 'MKSTREAM');
    } catch (error) {
      if (!(error as Error).message.startsWith('BUSYGROUP')) throw error;
    }
  }

  /** What this consumer was given before, then what others left, then what is new. */
  async *#readAll(client: Redis): AsyncGenerator<SourceBatch> {
    for (let after = '0'; !this.#stopped;) {
      const entries = await this.#ask(client, after, false);
      if (entries.length === 0) break;
      yield* this.#handOn(client, entries);
      after = entries.at(-1)![0];
    }
    let claimed = Number.NEGATIVE_INFINITY;
    while (!this.#stopped) {
      if (this.#context.io.monotonic() - claimed >= this.#options.claimAfter) {
        yield* this.#claim(client);
        claimed = this.#context.io.monotonic();
      }
      const entries = await this.#ask(client, '>', this.#options.follow);
      if (entries.length > 0) yield* this.#handOn(client, entries);
      else if (!this.#options.follow) return;
    }
  }

  async #ask(client: Redis, after: string, waits: boolean): Promise<Entry[]> {
    const { stream } = this.#options;
    const consumer = this.#context.id;
    const wait = waits ? ['BLOCK', String(block)] : [];
    const answer = (await client.call(
      'XREADGROUP',
      'GROUP',
      this.#group,
      consumer,
      'COUNT',
      String(most),
      ...wait,
      'STREAMS',
      stream,
      after,
    )) as [string, Entry[]][] | null;
    return answer?.[0]?.[1] ?? [];
  }

  async *#claim(client: Redis): AsyncGenerator<SourceBatch> {
    const { stream, claimAfter } = this.#options;
    for (let cursor = '0-0'; !this.#stopped;) {
      const [next, entries] = (await client.call(
        'XAUTOCLAIM',
        stream,
        this.#group,
        this.#context.id,
        String(claimAfter),
        cursor,
        'COUNT',
        String(most),
      )) as [string, Entry[]];
      const others = entries.filter(([id]) => !this.#waiting.has(id));
      if (others.length > 0) yield* this.#handOn(client, others);
      if (next === '0-0') return;
      cursor = next;
    }
  }

  async *#handOn(client: Redis, entries: readonly Entry[]): AsyncGenerator<SourceBatch> {
    const removed = entries.flatMap(([id, fields]) => (fields === null ? [id] : []));
    if (removed.length > 0) await this.#acknowledge(client, removed);
    const records: Signal[] = [];
    this.#sequence += 1;
    for (const [id, fields] of entries) {
      if (fields === null) continue;
      if (this.#waiting.has(id)) {
        this.duplicates += 1;
        continue;
      }
      this.#waiting.set(id, this.#sequence);
      records.push(...(await this.#read(id, fields)));
      if (compareIds(id, this.#last) > 0) this.#last = id;
    }
    if (records.length > 0) yield { records, position: { last: this.#last, sequence: this.#sequence } };
  }

  async #acknowledge(client: Redis, ids: readonly string[]): Promise<void> {
    await client.xack(this.#options.stream, this.#group, ...ids);
    for (const id of ids) this.#waiting.delete(id);
  }

  #read(id: string, fields: readonly string[]): Promise<Signal[]> {
    const { field, stream } = this.#options;
    const values = Object.fromEntries(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1] ?? '']] : [])));
    const body = Buffer.from(values[field] ?? JSON.stringify(values));
    const [time = 0, number = 0] = id.split('-').map(Number);
    const name = `${time.toString(36).padStart(digits, '0')}-${number.toString(36).padStart(digits, '0')}`;
    return this.#reader.read({ body, name, time, group: stream });
  }
}
