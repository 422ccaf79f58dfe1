import {
  CaducusError,
  findBegin,
  readObject,
  sideBySide,
  type Json,
  type ObjectToRead,
  type Signal,
  type SourceBatch,
  type SourceContext,
} from 'caducus';
import { readKey } from './keyParts.ts';
import type { S3Options } from './options.ts';
import { nameObject, planStream, readPlace, savePlace, startPlace, type Listed, type StreamPlace, type StreamPlan } from './place.ts';
import { ObjectGone, type S3Api } from './s3Api.ts';

/** Logs that are read side by side; a bucket that seems to hold more is read as one. */
const mostStreams = 500;
/** Bytes by which it is seen when an object begins, and how far a log is out of order. */
const lookedAt = 1 << 16;
/** Objects that are looked at before they are read, at most. */
const mostSampled = 16;

/** A log of which something is to be read. */
interface Chain {
  name: string;
  plan: StreamPlan;
}

/** The objects of a bucket, log by log, in the order of their times. */
export class ObjectWalk {
  readonly #options: S3Options;
  readonly #context: SourceContext;
  readonly #api: S3Api;
  readonly #streams: Map<string, StreamPlace>;
  #single: boolean | null;
  /** Bytes of objects that were read, and of all that are to be. */
  #read = 0;
  #whole = 0;
  #chains: readonly Chain[] = [];

  constructor(options: S3Options, context: SourceContext, api: S3Api) {
    const place = readPlace(context.from);
    this.#options = options;
    this.#context = context;
    this.#api = api;
    this.#streams = new Map(place?.streams);
    this.#single = place?.single ?? null;
  }

  /** What is there, then the end. */
  async *once(): AsyncGenerator<SourceBatch> {
    this.#chains = await this.#find();
    yield* this.#readAll(this.#chains);
  }

  /** What is there, and what is added, until it is stopped. */
  async *follow(): AsyncGenerator<SourceBatch> {
    const { io, signal } = this.#context;
    while (!signal.aborted) {
      for await (const { streams: _, ...batch } of this.#readAll(await this.#find())) yield batch;
      await io.sleep(this.#options.pollInterval, signal).catch(() => undefined);
    }
  }

  /** Records from objects further on, each list in its order. */
  async sample(): Promise<Signal[][]> {
    const all = this.#chains.flatMap(({ plan }) => plan.todo);
    const step = Math.max(1, Math.ceil(all.length / mostSampled));
    const found: Signal[][] = [];
    for (let at = step; at < all.length; at += step) found.push(await this.#look(all[at]!));
    return found;
  }

  extent(): { what: string; bytes: number; of: number } {
    return { what: `objects of ${this.#options.bucket}`, bytes: this.#read, of: this.#whole };
  }

  async #find(): Promise<Chain[]> {
    const { prefix } = this.#options;
    const listed = await this.#list();
    const named = (object: Listed) => readKey(object.key, prefix).stream;
    this.#single ??= new Set(listed.map(named)).size > mostStreams;
    const byStream = new Map<string, Listed[]>();
    for (const object of listed) {
      const name = this.#single ? '' : named(object);
      const held = byStream.get(name);
      if (held) held.push(object);
      else byStream.set(name, [object]);
    }
    const chains = [...byStream].map(([name, objects]) => ({ name, plan: planStream(this.#streams.get(name) ?? startPlace, objects) }));
    return chains.filter(({ plan }) => plan.todo.length > 0);
  }

  async #list(): Promise<Listed[]> {
    const { prefix, suffix, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, maxObjects } = this.#options;
    const bucket = this.#options.bucket!;
    const found: Listed[] = [];
    for await (const page of this.#api.list({ bucket, prefix, most: Number.POSITIVE_INFINITY })) {
      for (const entry of page) {
        if (entry.size === 0 || !entry.key.endsWith(suffix)) continue;
        const { time } = readKey(entry.key, prefix);
        const { start, span } = time ?? { start: entry.modified, span: 1 };
        if (start + span > since && start < until) found.push({ bucket, ...entry, start });
      }
      if (found.length > maxObjects)
        throw new CaducusError('CAD020', { path: `sources.${this.#context.id}` }, `there are more than ${maxObjects} objects to read`, {
          hint: 'Narrow prefix, since and until, or raise max_objects.',
        });
    }
    return found;
  }

  async *#readAll(chains: readonly Chain[]): AsyncGenerator<SourceBatch> {
    this.#whole += chains.flatMap(({ plan }) => plan.todo).reduce((sum, { size }) => sum + size, 0);
    const begun = await Promise.all(
      chains.map(async ({ name, plan }) => ({
        name,
        files: [plan],
        begins: chains.length === 1 ? null : await this.#findBegin(name, plan),
      })),
    );
    const read = ([plan]: readonly StreamPlan[]) => this.#readStream(begun.find(({ files }) => files[0] === plan)!.name, plan!);
    yield* sideBySide(begun, read, this.#context.signal);
  }

  /** When a log begins; null for one that is read on. */
  async #findBegin(name: string, { todo: [first] }: StreamPlan): Promise<number | null> {
    if (this.#streams.has(name)) return null;
    const signals = await this.#look(first!);
    const times = signals.flatMap((signal) => (signal.kind === 'event' && !signal.borrowed ? [signal.time] : []));
    return findBegin(times) ?? first!.start;
  }

  async #look(object: Listed): Promise<Signal[]> {
    const found: Signal[] = [];
    try {
      for await (const { records } of this.#records({ ...object, size: Math.min(object.size, lookedAt) }, null)) found.push(...records);
    } catch (error) {
      // It is reported when its turn comes.
      if (!(error instanceof ObjectGone)) throw error;
    }
    return found.filter(({ kind }) => kind === 'event');
  }

  async *#readStream(name: string, plan: StreamPlan): AsyncGenerator<SourceBatch> {
    const { signal } = this.#context;
    for (const [index, object] of plan.todo.entries()) {
      const { open } = this.#streams.get(name) ?? startPlace;
      const from = open?.name === nameObject(object) ? open.at : null;
      try {
        for await (const { records, place } of this.#records(object, from)) {
          if (signal.aborted) return;
          this.#move(name, (before) => (place ? { ...before, open: { name: nameObject(object), at: place } } : plan.close(index)));
          yield this.#batch(name, object, records);
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ObjectGone)) throw error;
        this.#move(name, () => plan.close(index));
        yield this.#batch(name, object, [this.#refuse(object, error.message)]);
      }
      this.#read += object.size;
    }
  }

  #records(object: Listed, from: Parameters<typeof readObject>[2]): ReturnType<typeof readObject> {
    return readObject(
      describeObject(object, this.#options.prefix, this.#api),
      { source: this.#context.id, format: this.#options.format },
      from,
    );
  }

  #move(name: string, next: (before: StreamPlace) => StreamPlace): void {
    this.#streams.set(name, next(this.#streams.get(name) ?? startPlace));
  }

  #batch(stream: string, { modified }: Listed, records: Signal[]): SourceBatch {
    return { records, position: this.#position(), stream, written: modified };
  }

  #position(): Json {
    return savePlace({ single: this.#single ?? false, streams: this.#streams });
  }

  #refuse({ bucket, key, start }: Listed, reason: string): Signal {
    const rejected = { source: this.#context.id, reason: `the object ${reason}`, place: { file: `s3://${bucket}/${key}` }, original: '' };
    return { kind: 'rejected', time: start, key: '', rejected };
  }
}

/** An object as it is read. */
export const describeObject = (object: Listed, prefix: string, api: Pick<S3Api, 'bytes'>): ObjectToRead => ({
  name: `s3://${object.bucket}/${object.key}`,
  modified: object.modified,
  group: readKey(object.key, prefix).stream || object.bucket,
  bytes: api.bytes(object),
});
