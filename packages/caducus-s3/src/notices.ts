import { openQueueApi, readObject, type Json, type QueueApi, type Signal, type SourceBatch, type SourceContext } from 'caducus';
import { readKey } from './keyParts.ts';
import type { S3Options } from './options.ts';
import { readNotice, type Named } from './readNotice.ts';
import { ObjectGone, type S3Api } from './s3Api.ts';
import { describeObject } from './walk.ts';

/** Longest wait of a poll, milliseconds: what SQS allows. */
const wait = 20_000;
/** Messages remembered, to know one that comes again although its objects have been read. */
const remembered = 10_000;
/** Messages that may wait for their checkpoint; no more are received meanwhile. */
const mostHeld = 1_000;

interface Held {
  receipt: string;
  /** What has been read is in the checkpoints from this number on; null while it is being read. */
  sequence: number | null;
}

/** Reads objects as a queue announces them. A message is deleted when a checkpoint holds all records of its objects. */
export class Notices {
  duplicates = 0;
  readonly #options: S3Options;
  readonly #context: SourceContext;
  readonly #api: S3Api;
  #queue: QueueApi | null = null;
  #sequence = 0;
  /** Messages of which all was handed on, oldest first. */
  readonly #done: Set<string>;
  readonly #held = new Map<string, Held>();
  #failure: { error: unknown } | null = null;

  constructor(options: S3Options, context: SourceContext, api: S3Api) {
    this.#options = options;
    this.#context = context;
    this.#api = api;
    const { sequence, done } = readFrom(context.from);
    this.#sequence = sequence;
    this.#done = new Set(done);
  }

  async *batches(failing: Parameters<typeof openQueueApi>[1]['failing']): AsyncGenerator<SourceBatch> {
    const { io, signal } = this.#context;
    const { region, profile, endpoint, queueUrl, visibility, patience } = this.#options;
    this.#queue = await openQueueApi({ region, profile, endpoint, queueUrl, visibility, patience }, { ...this.#context, failing });
    void this.#keepHidden(this.#queue);
    while (!signal.aborted) {
      if (this.#failure) throw this.#failure.error;
      if (this.#held.size >= mostHeld) {
        yield { records: [], position: this.#position() };
        await io.sleep(1_000, signal);
        continue;
      }
      const messages = await this.#queue.receive(wait);
      for (const { MessageId = '', ReceiptHandle = '', Body = '' } of messages) {
        if (this.#isKnown(MessageId, ReceiptHandle)) continue;
        this.#held.set(MessageId, { receipt: ReceiptHandle, sequence: null });
        yield* this.#read(MessageId, Body);
        if (signal.aborted) return;
      }
    }
  }

  /** Deletes what a checkpoint on disk holds. What cannot be deleted now comes again, and is deleted then. */
  async commit(position: Json): Promise<void> {
    const { sequence } = readFrom(position);
    const covered = [...this.#held].filter(([, held]) => held.sequence !== null && held.sequence <= sequence);
    if (covered.length === 0 || !this.#queue) return;
    for (const [id] of covered) this.#held.delete(id);
    await this.#queue.delete(covered.map(([id, { receipt }]) => ({ id, receipt }))).catch(() => undefined);
  }

  close(): void {
    this.#queue?.close();
  }

  #isKnown(id: string, receipt: string): boolean {
    const held = this.#held.get(id);
    // Only the newest receipt deletes.
    if (held) held.receipt = receipt;
    else if (this.#done.has(id)) this.#held.set(id, { receipt, sequence: this.#sequence });
    else return false;
    this.duplicates += 1;
    return true;
  }

  async *#read(id: string, body: string): AsyncGenerator<SourceBatch> {
    const { signal } = this.#context;
    const notice = readNotice(body);
    if ('refused' in notice) yield { records: [this.#refuse(`a message ${notice.refused}`, id, body)], position: this.#position() };
    for (const named of 'objects' in notice ? notice.objects : []) {
      yield* this.#readObject(named);
      if (signal.aborted) return;
    }
    this.#sequence += 1;
    this.#held.get(id)!.sequence = this.#sequence;
    this.#done.add(id);
    const [oldest] = this.#done;
    if (this.#done.size > remembered && oldest !== undefined) this.#done.delete(oldest);
    yield { records: [], position: this.#position() };
  }

  async *#readObject({ bucket, key }: Named): AsyncGenerator<SourceBatch> {
    const { prefix, suffix, format, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = this.#options;
    if (!key.startsWith(prefix) || !key.endsWith(suffix)) return;
    const file = `s3://${bucket}/${key}`;
    const entry = await this.#api.look(bucket, key);
    if ('unreadable' in entry) {
      yield { records: [this.#refuse(`the object ${entry.unreadable}`, file, '')], position: this.#position() };
      return;
    }
    const { time, stream } = readKey(key, prefix);
    const { start, span } = time ?? { start: entry.modified, span: 1 };
    if (entry.size === 0 || start + span <= since || start >= until) return;
    try {
      const object = describeObject({ bucket, ...entry, start }, prefix, this.#api);
      for await (const { records } of readObject(object, { source: this.#context.id, format }, null)) {
        if (this.#context.signal.aborted) return;
        yield { records, position: this.#position(), stream, written: entry.modified };
      }
    } catch (error) {
      if (!(error instanceof ObjectGone)) throw error;
      yield { records: [this.#refuse(`the object ${error.message}`, file, '')], position: this.#position() };
    }
  }

  /** What is being read or waits for its checkpoint stays hidden, however long it takes (12 h is what SQS allows). */
  async #keepHidden(queue: QueueApi): Promise<void> {
    const { io, signal } = this.#context;
    while (!signal.aborted) {
      try {
        await io.sleep(this.#options.visibility / 2, signal);
        await queue.extend([...this.#held].map(([id, { receipt }]) => ({ id, receipt })));
      } catch (error) {
        if (signal.aborted) return;
        // Out of reach for a moment: the next turn comes before the messages show, or they come again and are known.
        if ((error as { exit?: number }).exit === 74) continue;
        this.#failure = { error };
        return;
      }
    }
  }

  #refuse(reason: string, file: string, original: string): Signal {
    const rejected = { source: this.#context.id, reason, place: { file }, original: original.slice(0, 4096) };
    return { kind: 'rejected', time: this.#context.io.now(), key: '', rejected };
  }

  #position(): Json {
    return { sequence: this.#sequence, done: [...this.#done] };
  }
}

function readFrom(from: Json | null): { sequence: number; done: string[] } {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return { sequence: 0, done: [] };
  const { sequence, done } = from;
  return { sequence: typeof sequence === 'number' ? sequence : 0, done: Array.isArray(done) ? done.map(String) : [] };
}
