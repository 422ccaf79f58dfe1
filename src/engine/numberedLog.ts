import { cutContent, decodeEnvelope, encodeEnvelope, rememberWhole, sumContent, type Envelope, type Flag } from './envelope.ts';
import { packContent } from './packing.ts';
import { Stale, Superseded, type Transport } from './transport.ts';

type Tail = Pick<Envelope, 'n' | 'prev' | 'part' | 'of' | 'flag' | 'sum' | 'owner'> & { seq: number };

const nothing: Tail = { n: 0, prev: 0, part: 0, of: 1, flag: '', seq: 0 };

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
    const packed = await packContent(content);
    const parts = cutContent(packed ?? content);
    rememberWhole(parts, content);
    const sum = parts.length > 1 ? sumContent(packed ?? content) : undefined;
    const prev = this.#tail.n === n ? this.#tail.prev : this.#tail.n;
    for (let part = this.#missing(n, sum); part < parts.length; part = this.#missing(n, sum)) {
      const by = {
        ...(packed && { packed: true as const }),
        ...(sum !== undefined && { sum }),
        ...(this.#owner !== null && { owner: this.#owner }),
      };
      await this.#write({ n, prev, part, of: parts.length, flag, ...by }, parts[part]!);
    }
  }

  /** The first part of a message that is not there. One whose writer died in its midst begins anew, unless it is the same to the byte. */
  #missing(n: number, sum: string | undefined): number {
    const { tail } = this;
    if (tail.n < n) return 0;
    if (tail.n > n || tail.part === tail.of - 1) return Number.POSITIVE_INFINITY;
    return tail.sum === sum ? tail.part + 1 : 0;
  }

  async #write(envelope: Envelope, content: Uint8Array): Promise<void> {
    const { n, part, sum } = envelope;
    try {
      const seq = await this.#transport.append(this.#subject, encodeEnvelope(envelope, content), this.#tail.seq);
      this.#tail = { ...envelope, seq };
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      this.#tail = await readTail(this.#transport, this.#subject);
      // Written before the answer got lost, or by another who writes the same.
      const isOurs = this.#owner === null || this.#tail.owner === this.#owner;
      if (!isOurs || this.#missing(n, sum) <= part) throw new Superseded(this.#subject);
    }
  }
}

async function readTail(transport: Transport, subject: string): Promise<Tail> {
  const last = await transport.last(subject);
  if (last === null) return nothing;
  return { ...decodeEnvelope(last.body).envelope, seq: last.seq };
}
