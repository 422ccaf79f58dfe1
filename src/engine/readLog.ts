import { decodeEnvelope, joinContent, type Flag } from './envelope.ts';
import { Superseded, type Transport } from './transport.ts';

/** A numbered message, put together. */
export interface Numbered {
  n: number;
  flag: Flag;
  /** Number of its last part among all messages. */
  seq: number;
  content: Uint8Array;
}

/**
 * The messages of a log behind one of them, until the signal aborts. A message of which parts are missing, because its writer
 * died and another wrote on, is passed over. With `upTo` it ends behind the message of that number among all. Throws
 * `Superseded` where messages are missing: they were forgotten, which is done only once another has gone on behind them.
 */
export async function* readLog(
  transport: Transport,
  subject: string,
  after: number,
  signal: AbortSignal,
  upTo = Number.POSITIVE_INFINITY,
): AsyncGenerator<Numbered> {
  let last = after;
  /** Newest of which anything was seen. */
  let current = after;
  let parts: Uint8Array[] = [];
  let sum: string | undefined;
  for await (const { seq, body } of transport.read(subject, signal)) {
    const { envelope, content } = decodeEnvelope(body);
    const { n, prev, part, of, flag } = envelope;
    // Of what was worked on some may be forgotten, and not what is before it.
    if (n < current && seq < upTo) continue;
    if (n > current && prev > current) throw new Superseded(subject);
    // Another has begun it anew.
    if (n !== current || part === 0 || envelope.sum !== sum) parts = [];
    current = Math.max(current, n);
    ({ sum } = envelope);
    // A reader that was begun anew is given again what it had; the beginning of others went with what was forgotten.
    if (n > last && part === parts.length) {
      parts.push(content);
      if (parts.length === of) {
        last = n;
        yield { n, flag, seq, content: joinContent(parts, envelope) };
      }
    }
    if (seq >= upTo) return;
  }
}
