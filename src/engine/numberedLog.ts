import { cutContent, decodeEnvelope, encodeEnvelope, type Envelope, type Flag } from './envelope.ts';
import { Stale, Superseded, type Transport } from './transport.ts';

type Tail = Pick<Envelope, 'n' | 'prev' | 'part' | 'of' | 'flag'> & { seq: number; owner: string | undefined };

const nothing: Tail = { n: 0, prev: 0, part: 0, of: 1, flag: '', seq: 0, owner: undefined };

/**
 * The writer's end of a log whose messages are numbered. What is there already is not written again: a log that follows from
 * another one is the same whoever writes it. One that does not has an `owner`, who is superseded as soon as another writes.
 */
export class NumberedLog {
  readonly #transport: Transport;
  readonly #subject: string;
  readonly #owner: string | null;
  #tail: Tail;

  private constructor(transport: Transport, subject: string, owner: string | null, tail: Tail) {
    this.#transport = transport;
    this.#subject = subject;
    this.#owner = owner;
    this.#tail = tail;
  }

  static async open(transport: Transport, subject: string, owner: string | null = null): Promise<NumberedLog> {
    return new NumberedLog(transport, subject, owner, await readTail(transport, subject));
  }

  /** The newest message, whole or not; number 0 without any. */
  get tail(): Readonly<Tail> {
    return this.#tail;
  }

  /** Writes a message, or what is missing of it. Rejects with `Superseded` where the log has gone another way. */
  async append(n: number, content: Uint8Array, flag: Flag = ''): Promise<void> {
    const parts = cutContent(content);
    const prev = this.#tail.n === n ? this.#tail.prev : this.#tail.n;
    for (const [part, piece] of parts.entries()) {
      if (!this.#has(n, part))
        await this.#write({ n, prev, part, of: parts.length, flag, ...(this.#owner !== null && { owner: this.#owner }) }, piece);
    }
  }

  #has(n: number, part: number): boolean {
    return this.#tail.n > n || (this.#tail.n === n && this.#tail.part >= part && this.#tail.seq > 0);
  }

  async #write(envelope: Envelope, content: Uint8Array): Promise<void> {
    const { n, part } = envelope;
    try {
      const seq = await this.#transport.append(this.#subject, encodeEnvelope(envelope, content), this.#tail.seq);
      this.#tail = { ...envelope, seq, owner: envelope.owner };
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      this.#tail = await readTail(this.#transport, this.#subject);
      // Written before the answer got lost, or by another who writes the same.
      const isOurs = this.#owner === null || this.#tail.owner === this.#owner;
      if (!isOurs || !this.#has(n, part)) throw new Superseded(this.#subject);
    }
  }
}

async function readTail(transport: Transport, subject: string): Promise<Tail> {
  const last = await transport.last(subject);
  if (last === null) return nothing;
  const { n, prev, part, of, flag, owner } = decodeEnvelope(last.body).envelope;
  return { n, prev, part, of, flag, seq: last.seq, owner };
}
