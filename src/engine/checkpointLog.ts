import { gunzipSync, gzipSync } from 'node:zlib';
import { CaducusError } from '../errors.ts';
import { cutContent } from './envelope.ts';
import { Stale, Superseded, type Message, type Transport } from './transport.ts';

/** What a checkpoint says of itself. */
export interface CheckpointHead {
  /** The message of its log behind which it was taken, and that message's number among all. */
  n: number;
  seq: number;
  /** Numbers of the chunks of the state. */
  chunks: readonly number[];
  /** What the state was made by; another release or another file does not take it up. */
  made: string;
  /** Tells this one from every other. */
  token: string;
  /** When, milliseconds since 1970. */
  at: number;
  /** It was asked for: the partition stands still behind it. */
  gathered?: boolean;
}

export interface Checkpoint extends Pick<CheckpointHead, 'n' | 'seq' | 'gathered'> {
  state: Uint8Array;
}

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
 * The checkpoints of one piece of work: the state in packed chunks, then a head, which is written under a fence and which
 * alone counts. The last two are kept, since somebody may be reading the one before.
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

  constructor(transport: Transport, name: string, maker: Maker) {
    this.#transport = transport;
    this.#name = name;
    this.#maker = maker;
  }

  /** The newest one; null without any. Throws CAD042 where it is of another release or file, or cannot be read. */
  async load(): Promise<Checkpoint | null> {
    for (let before = -1; ;) {
      const message = await this.#transport.last(headSubject(this.#name));
      this.#fence = message?.seq ?? 0;
      if (message === null) return null;
      const head = readHead(message);
      if (head.made !== this.#maker.made)
        throw new CaducusError('CAD042', { path: this.#name }, 'the state on the engine is of another release or another file');
      const chunks = await Promise.all(head.chunks.map((seq) => this.#transport.get(seq)));
      if (chunks.every((chunk) => chunk !== null)) {
        this.#kept = [head];
        const { n, seq, gathered } = head;
        return { n, seq, ...(gathered === true && { gathered }), state: gunzipSync(Buffer.concat(chunks.map(({ body }) => body))) };
      }
      // A newer one was written meanwhile, and what this one names was forgotten.
      if (message.seq === before) throw new CaducusError('CAD042', { path: this.#name }, 'the engine has lost a part of a checkpoint');
      before = message.seq;
    }
  }

  /**
   * Writes one. Resolves to the number up to which its log is needed by no checkpoint that is kept. Rejects with `Superseded`
   * where another process has written one since the last that this one knows of.
   */
  async save({ n, seq, state, gathered }: Checkpoint): Promise<number> {
    const { id, made, now } = this.#maker;
    const chunks: number[] = [];
    for (const chunk of cutContent(gzipSync(state, { level: 1 })))
      chunks.push(await this.#transport.append(dataSubject(this.#name), chunk, null));
    const token = `${id} ${(this.#written += 1)}`;
    const head: CheckpointHead = { n, seq, chunks, made, token, at: now(), ...(gathered === true && { gathered }) };
    this.#fence = await this.#writeHead(head);
    const [before] = this.#kept;
    this.#kept = [head];
    if (!before) return 0;
    await this.#transport.purge(dataSubject(this.#name), before.chunks[0]! - 1);
    return before.seq;
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
