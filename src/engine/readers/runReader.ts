import type { Json } from '../../event.ts';
import type { SourceBatch } from '../../sources/source.ts';
import { decodeEnvelope, joinContent } from '../envelope.ts';
import { NumberedLog } from '../numberedLog.ts';
import type { Role } from '../roles/role.ts';
import type { Transport } from '../transport.ts';
import { addReader, decodeOffer, encodeOffer, offeredSubject } from './offered.ts';

/** What one process is given of a source. */
export interface ReaderFeed {
  /** What comes behind that place; null at the first start. */
  batches(from: Json | null): AsyncIterable<SourceBatch>;
  /** All up to that place is safe: the source may know. */
  commit(position: Json): Promise<void>;
}

export interface ReaderOptions extends Pick<Role, 'transport' | 'maker' | 'signal' | 'ahead'> {
  /** Id of the source, and what tells this reader from its others, whoever does its work. */
  source: string;
  reader: string;
  /** Waits while what was offered is too far ahead of what was taken. */
  pause(): Promise<void>;
}

/**
 * Offers what comes at a source in a log of the reader's own, with where it stands behind it, until the signal aborts. What is
 * in there is given once, whoever goes on with it. Rejects with `Superseded` where another process does so as well.
 */
export async function runReader(
  feed: ReaderFeed,
  { transport, maker, signal, ahead, source, reader, pause }: ReaderOptions,
): Promise<void> {
  const subject = offeredSubject(source, reader);
  await addReader(transport, source, reader);
  const log = await NumberedLog.open(transport, subject, maker.id);
  let { n } = log.tail;
  const last = await readLastOffer(transport, subject, log.tail.seq, signal);
  if (signal.aborted) return;
  const untaken = new Untaken(transport, ahead);
  for await (const batch of feed.batches(last?.position ?? null)) {
    // It moved on without anything that anybody has to know.
    if (batch.records.length === 0 && batch.watermark === undefined) continue;
    while (!signal.aborted && (await untaken.isFar())) await pause();
    if (signal.aborted) return;
    const content = encodeOffer(batch);
    await log.append((n += 1), content);
    untaken.add(log.tail.seq, content.length);
    await feed.commit(batch.position);
  }
}

/** The newest message of a log that is whole; null without any. Its writer may have died in the midst of one behind it. */
async function readLastOffer(transport: Transport, subject: string, upTo: number, signal: AbortSignal): Promise<SourceBatch | null> {
  if (upTo === 0) return null;
  let [parts, whole]: [Uint8Array[], Uint8Array | null] = [[], null];
  for await (const { seq, body } of transport.read(subject, signal)) {
    const { envelope, content } = decodeEnvelope(body);
    if (envelope.part === 0) parts = [];
    if (envelope.part === parts.length) parts.push(content);
    if (parts.length === envelope.of) whole = joinContent(parts, envelope);
    if (seq >= upTo) break;
  }
  return whole && decodeOffer(whole);
}

/** What was offered and is not taken yet, as far as this process has offered it. What was taken is forgotten but for the last. */
class Untaken {
  readonly #transport: Pick<Transport, 'get'>;
  readonly #limit: Role['ahead'];
  #messages: { seq: number; bytes: number }[] = [];
  #bytes = 0;

  constructor(transport: Pick<Transport, 'get'>, limit: Role['ahead']) {
    this.#transport = transport;
    this.#limit = limit;
  }

  add(seq: number, bytes: number): void {
    this.#messages.push({ seq, bytes });
    this.#bytes += bytes;
  }

  async isFar(): Promise<boolean> {
    const isOver = () => this.#messages.length >= this.#limit.messages || this.#bytes >= this.#limit.bytes;
    while (isOver() && (await this.#transport.get(this.#messages[0]!.seq)) === null) this.#bytes -= this.#messages.shift()!.bytes;
    return isOver();
  }
}
