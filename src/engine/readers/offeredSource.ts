import type { SourceNode } from '../../pipeline/definition.ts';
import type { Json } from '../../event.ts';
import { waited } from '../../base/waiting.ts';
import { defineSource, type OpenSource, type SourceBatch, type SourceContext } from '../../sources/source.ts';
import { readLog } from '../readLog.ts';
import type { Transport } from '../transport.ts';
import { decodeOffer, listReaders, offeredSubject } from './offered.ts';

/** How often it is looked whether there are further readers, milliseconds. */
const lookEvery = 1_000;
/** Messages of a reader that were taken and are not forgotten yet, at most. */
const mostTaken = 16;

/** What a reader offered, with its number in the log of the reader. */
interface Offer {
  reader: string;
  n: number;
  batch: SourceBatch;
  /** Called once it has been handed on. */
  taken(): void;
}

/**
 * A source as who gives arrivals their number sees it, where several processes read it: all that they have offered, of each in
 * its order. `parts`: so many readers share it out, and event time is where the last of them is.
 */
export function offeredSource(node: SourceNode, transport: Transport, parts: number | null): SourceNode {
  const { spec } = node.source;
  const source = defineSource({
    ...spec,
    // As it is seen here it is read in one place.
    readers: 'one',
    open: (_options, context) => new Offered(node.id, transport, parts, context).open(),
  });
  return { ...node, source: Object.assign({}, node.source, source) };
}

class Offered {
  readonly #source: string;
  readonly #transport: Transport;
  readonly #parts: number | null;
  readonly #context: SourceContext;
  /** Numbers of the messages that were handed on last, by reader. */
  readonly #position: Map<string, number>;
  /** Of each reader the messages that it still has: numbers in its log, and among all. */
  readonly #kept = new Map<string, { n: number; seq: number }[]>();
  readonly #watermarks = new Map<string, number>();
  readonly #reading = new Set<string>();
  #offers: Offer[] = [];
  #failure: { error: unknown } | null = null;
  #wake = (): void => undefined;

  constructor(source: string, transport: Transport, parts: number | null, context: SourceContext) {
    this.#source = source;
    this.#transport = transport;
    this.#parts = parts;
    this.#context = context;
    this.#position = new Map(Object.entries((context.from ?? {}) as Record<string, number>));
  }

  open(): OpenSource {
    return { batches: this.#batches(), commit: (position) => this.#forget(position), close: async () => undefined };
  }

  async *#batches(): AsyncGenerator<SourceBatch> {
    const { signal } = this.#context;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    void this.#look().catch(this.#fail);
    while (!signal.aborted) {
      const offer = this.#offers.shift();
      if (offer) {
        const { reader, n, batch } = offer;
        this.#position.set(reader, n);
        yield { ...batch, position: Object.fromEntries(this.#position), watermark: this.#reach(reader, batch.watermark) };
        offer.taken();
      } else if (this.#failure) throw this.#failure.error;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Up to where everything has come, of all readers, when one of them has said so of its own. */
  #reach(reader: string, watermark: number | undefined): number | undefined {
    if (watermark !== undefined) this.#watermarks.set(reader, watermark);
    // Who reads what comes to itself may be gone for good, and hold nobody up.
    const all = this.#parts ?? (this.#reading.size === 1 ? 1 : Number.POSITIVE_INFINITY);
    if (watermark === undefined || this.#watermarks.size < all) return undefined;
    const least = Math.min(...this.#watermarks.values());
    return Number.isFinite(least) ? least : undefined;
  }

  readonly #fail = (error: unknown): void => {
    if (!this.#context.signal.aborted) this.#failure ??= { error };
    this.#wake();
  };

  /** Begins to read what each reader offers, as soon as it is known. */
  async #look(): Promise<void> {
    const { io, signal } = this.#context;
    do {
      const readers = this.#failure ? [] : await listReaders(this.#transport, this.#source);
      for (const reader of readers) if (!this.#reading.has(reader)) void this.#read(reader).catch(this.#fail);
    } while (await waited(io, lookEvery, signal));
  }

  async #read(reader: string): Promise<void> {
    this.#reading.add(reader);
    const { signal } = this.#context;
    const subject = offeredSubject(this.#source, reader);
    const kept: { n: number; seq: number }[] = [];
    this.#kept.set(reader, kept);
    for await (const { n, seq, content } of readLog(this.#transport, subject, this.#position.get(reader) ?? 0, signal)) {
      kept.push({ n, seq });
      // One of each reader waits: what is behind it is not read before it is handed on.
      await new Promise<void>((taken) => {
        this.#offers.push({ reader, n, batch: decodeOffer(content), taken });
        this.#wake();
      });
    }
  }

  /** What has its number among the arrivals is needed no more, but for the newest: it says where its reader stands. */
  async #forget(position: Json): Promise<void> {
    for (const [reader, n] of Object.entries(position as Record<string, number>)) {
      const kept = this.#kept.get(reader) ?? [];
      const taken = kept.findLastIndex((message) => message.n <= n);
      if (taken < mostTaken) continue;
      await this.#transport.purge(offeredSubject(this.#source, reader), kept[taken - 1]!.seq);
      kept.splice(0, taken);
    }
  }
}
