import { promisify } from 'node:util';
import { gunzipSync, gzip, gzipSync } from 'node:zlib';
import { CaducusError } from '../errors.ts';
import { cutContent } from './envelope.ts';
import { Stale, Superseded, type Message, type Transport } from './transport.ts';

/** What a checkpoint says of itself. */
export interface CheckpointHead {
  /** The message of its log behind which it was taken, and that message's number among all. */
  n: number;
  seq: number;
  /** Numbers of the chunks of the state: of all of it, then of what has changed since, each behind the one before. */
  pieces: readonly (readonly number[])[];
  /** What the state was made by; another release or another file does not take it up. */
  made: string;
  /** Tells this one from every other. */
  token: string;
  /** When, milliseconds since 1970. */
  at: number;
  /** It was asked for: the partition stands still behind it. */
  gathered?: boolean;
  /** It holds nothing, and none comes behind it: another revision has gone on. */
  closed?: boolean;
}

export interface Checkpoint extends Pick<CheckpointHead, 'n' | 'seq' | 'gathered'> {
  /** All of it as it was, then what has changed since, each behind the one before. */
  state: readonly Uint8Array[];
}

export interface CheckpointToSave extends Pick<CheckpointHead, 'n' | 'seq' | 'gathered'> {
  state: Uint8Array;
  /** It holds what has changed since the one before alone: see `CheckpointLog.needsAll`. */
  isChange?: boolean;
}

/** What changed is added to what was saved whole so many times at most, and while it is no larger than that. */
const mostChanges = 32;
/** Bytes from which a state is packed in a thread of its own: others go on meanwhile. */
const large = 256 * 1024;
const gzipAside = promisify(gzip);
const fast = { level: 1 };

/** Who writes checkpoints, and of what. */
export interface Maker {
  /** Tells one process from another. */
  id: string;
  made: string;
  /** Wall clock, milliseconds since 1970. */
  now(): number;
}

export const headSubject = (name: string): string => `ckpt.${name}.head`;
const dataSubject = (name: string): string => `ckpt.${name}.data`;

export const readHead = ({ body }: Message): CheckpointHead => JSON.parse(Buffer.from(body).toString()) as CheckpointHead;

/**
 * The checkpoints of one piece of work: the state in packed chunks, or what has changed of it, then a head, which is written
 * under a fence and which alone counts. The last two are kept, since somebody may be reading the one before.
 */
export class CheckpointLog {
  readonly #transport: Transport;
  readonly #name: string;
  readonly #maker: Maker;
  /** Number of the newest head; 0 before the first. */
  #fence = 0;
  /** The newest, and the one before. */
  #kept: CheckpointHead[] = [];
  #written = 0;
  /** Packed bytes of what was saved whole last, and of the changes behind it; null before the first. */
  #sizes: { whole: number; changes: number } | null = null;

  constructor(transport: Transport, name: string, maker: Maker) {
    this.#transport = transport;
    this.#name = name;
    this.#maker = maker;
  }

  /**
   * The newest one; null without any. Throws `Superseded` where they were closed, CAD042 where it is of another release or
   * file, or cannot be read.
   */
  async load(): Promise<Checkpoint | null> {
    for (let before = -1; ;) {
      const message = await this.#transport.last(headSubject(this.#name));
      this.#fence = message?.seq ?? 0;
      if (message === null) return null;
      const head = readHead(message);
      if (head.closed) throw new Superseded(this.#name);
      if (head.made !== this.#maker.made)
        throw new CaducusError('CAD042', { path: this.#name }, 'the state on the engine is of another release or another file');
      const state = await Promise.all(head.pieces.map((chunks) => this.#read(chunks)));
      if (state.every((piece) => piece !== null)) {
        this.#kept = [head];
        const [whole = 0, ...changes] = state.map((packed) => packed!.length);
        this.#sizes = { whole, changes: changes.reduce((sum, size) => sum + size, 0) };
        const { n, seq, gathered } = head;
        return { n, seq, ...(gathered === true && { gathered }), state: state.map((packed) => gunzipSync(packed!)) };
      }
      // A newer one was written meanwhile, and what this one names was forgotten.
      if (message.seq === before) throw new CaducusError('CAD042', { path: this.#name }, 'the engine has lost a part of a checkpoint');
      before = message.seq;
    }
  }

  /**
   * The next has to hold all of the state: the first, and now and then, so that what is read is at most twice as
   * long as what is there.
   */
  get needsAll(): boolean {
    const pieces = this.#kept[0]?.pieces.length ?? 0;
    return this.#sizes === null || this.#sizes.changes > this.#sizes.whole || pieces > mostChanges;
  }

  /**
   * Writes one. Resolves to the number up to which its log is needed by no checkpoint that is kept. Rejects with `Superseded`
   * where another process has written one since the last that this one knows of.
   */
  async save({ n, seq, state, gathered, isChange = false }: CheckpointToSave): Promise<number> {
    const { id, made, now } = this.#maker;
    const [before] = this.#kept;
    const packed = state.length < large ? gzipSync(state, fast) : await gzipAside(state, fast);
    const chunks: number[] = [];
    for (const chunk of cutContent(packed)) chunks.push(await this.#transport.append(dataSubject(this.#name), chunk, null));
    const pieces = isChange ? [...before!.pieces, chunks] : [chunks];
    const token = `${id} ${(this.#written += 1)}`;
    const head: CheckpointHead = { n, seq, pieces, made, token, at: now(), ...(gathered === true && { gathered }) };
    this.#fence = await this.#writeHead(head);
    this.#kept = [head];
    this.#sizes = isChange ? { ...this.#sizes!, changes: this.#sizes!.changes + packed.length } : { whole: packed.length, changes: 0 };
    if (!before) return 0;
    await this.#transport.purge(dataSubject(this.#name), before.pieces[0]![0]! - 1);
    return before.seq;
  }

  /** A piece of the state, packed; null where a part of it is gone. */
  async #read(chunks: readonly number[]): Promise<Uint8Array | null> {
    const read = await Promise.all(chunks.map((seq) => this.#transport.get(seq)));
    return read.every((chunk) => chunk !== null) ? Buffer.concat(read.map(({ body }) => body)) : null;
  }

  async #writeHead(head: CheckpointHead): Promise<number> {
    const subject = headSubject(this.#name);
    try {
      const seq = await this.#transport.append(subject, Buffer.from(JSON.stringify(head)), this.#fence);
      if (this.#fence > 0) await this.#transport.purge(subject, this.#fence - 1);
      return seq;
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      const now = await this.#transport.last(subject);
      if (now !== null && readHead(now).token === head.token) return now.seq;
      throw new Superseded(this.#name);
    }
  }
}

/** Nobody goes on from the checkpoints of that name: what they hold is forgotten, and none can be written behind them. */
export async function closeCheckpoints(transport: Transport, name: string): Promise<void> {
  const [heads, chunks] = [headSubject(name), dataSubject(name)];
  const last = await transport.last(heads);
  let seq = last?.seq ?? 0;
  if (last === null || !readHead(last).closed) {
    const head: CheckpointHead = { n: 0, seq: 0, pieces: [], made: '', token: 'closed', at: 0, closed: true };
    try {
      seq = await transport.append(heads, Buffer.from(JSON.stringify(head)), seq);
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      return closeCheckpoints(transport, name);
    }
  }
  await transport.purge(heads, seq - 1);
  const chunk = await transport.last(chunks);
  if (chunk === null) return;
  // The newest of a subject stays: it is to be nothing.
  const end = chunk.body.length === 0 ? chunk.seq : await transport.append(chunks, new Uint8Array(0), null);
  await transport.purge(chunks, end - 1);
}
