import type { Message } from '@aws-sdk/client-sqs';
import { CaducusError } from '../../errors.ts';
import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import type { SourceBatch, SourceContext, SourceCounts } from '../source.ts';
import { deadLetter } from './deadLetter.ts';
import { Ledger } from './ledger.ts';
import type { SqsOptions } from './options.ts';
import type { QueueApi } from './queueApi.ts';

/** How long to wait for a checkpoint before looking again, milliseconds. */
const fullWait = 1_000;
/** Empty polls after which a queue counts as read, without `follow`. */
const emptyPolls = 2;

/** Receives messages until it is stopped or (without `follow`) the queue gives nothing new. */
export class Drain {
  readonly #options: SqsOptions;
  readonly #context: SourceContext;
  readonly #ledger: Ledger;
  readonly #hold: boolean;
  #api: QueueApi | undefined;
  /** Messages that came again. */
  #again = 0;
  #failure: { error: unknown } | undefined;

  constructor(options: SqsOptions, context: SourceContext) {
    this.#options = options;
    this.#context = context;
    this.#hold = options.delete === 'on_checkpoint';
    this.#ledger = new Ledger(context.from, options.remember);
  }

  async *batches(api: QueueApi): AsyncGenerator<SourceBatch> {
    this.#api = api;
    if (this.#hold) void this.#keepHidden(api);
    const { io, signal } = this.#context;
    const { follow, wait, maxHeld } = this.#options;
    let full = false;
    let nothing = 0;
    // Messages that came again since the last new one. When every known one has, the queue holds nothing else.
    let again = 0;
    while (!signal.aborted && (follow || (nothing < emptyPolls && again <= this.#ledger.known))) {
      if (this.#failure) throw this.#failure.error;
      if (this.#ledger.held >= maxHeld) {
        yield { records: [], position: this.#ledger.position() };
        await io.sleep(fullWait, signal);
        continue;
      }
      const asked = io.now();
      const messages = await this.#receive(api, full, wait);
      full = messages.length >= 10;
      const { records, deleted } = await this.#take(api, messages);
      nothing = messages.length === 0 ? nothing + 1 : 0;
      again = records.length + deleted === 0 ? again + messages.length : 0;
      // SQS may overlook a message, but not for as long as the poll takes: what shows up later died later.
      if (messages.length === 0) this.#ledger.emptyAt = asked;
      yield {
        records,
        position: this.#ledger.position(),
        ...(messages.length === 0 && { watermark: asked - this.#options.allowedLateness }),
      };
    }
  }

  get counts(): SourceCounts {
    return { duplicate: this.#again };
  }

  /** Deletes what a checkpoint on disk covers. What cannot be deleted now is deleted when it comes again. */
  async commit(position: Json): Promise<void> {
    if (!this.#hold || !this.#api) return;
    const covered = this.#ledger.covered(position);
    if (covered.length === 0) return;
    try {
      await this.#api.delete(covered);
    } catch (error) {
      if (!(error instanceof CaducusError) || error.exit !== 74) throw error;
    }
  }

  /** One long poll; several calls at once while the queue is known to be full. */
  async #receive(api: QueueApi, full: boolean, wait: number): Promise<Message[]> {
    if (!full || api.queue.fifo) return api.receive(wait);
    const answers = await Promise.all(Array.from({ length: this.#options.receivers }, () => api.receive(0)));
    return answers.flat();
  }

  async #take(api: QueueApi, messages: readonly Message[]): Promise<{ records: Signal[]; deleted: number }> {
    const { time, groupId = `sqs-dlq:${api.queue.name}` } = this.#options;
    const emptyAt = time === 'sent' ? null : (this.#ledger.emptyAt ?? 0);
    const records: Signal[] = [];
    const covered: { id: string; receipt: string }[] = [];
    for (const message of messages) {
      const handle = { id: message.MessageId ?? '', receipt: message.ReceiptHandle ?? '' };
      const verdict = this.#ledger.receive(handle, this.#hold);
      if (verdict === 'new') records.push(deadLetter(message, { queue: api.queue, groupId, emptyAt }));
      else this.#again += 1;
      if (verdict === 'covered') covered.push(handle);
    }
    if (covered.length > 0) await api.delete(covered);
    return { records, deleted: covered.length };
  }

  /** Messages that wait for their checkpoint stay hidden, however long it takes (12 h is what SQS allows). */
  async #keepHidden(api: QueueApi): Promise<void> {
    const { io, signal } = this.#context;
    while (!signal.aborted) {
      try {
        await io.sleep(this.#options.visibility / 2, signal);
        await api.extend(this.#ledger.waiting());
      } catch (error) {
        if (signal.aborted) return;
        // Out of reach for a moment: the next turn comes before the messages show, or they come again and are known.
        if (error instanceof CaducusError && error.exit === 74) continue;
        this.#failure = { error };
        return;
      }
    }
  }
}
