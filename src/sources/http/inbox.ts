import { join } from 'node:path';
import { recordLine } from '../../base/recordText.ts';
import { CaducusError } from '../../errors.ts';
import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import { Journal } from '../../store/journal.ts';
import type { SourceBatch, SourceContext } from '../source.ts';
import type { Decode, DecodeContext } from './decode.ts';
import { decodeBody } from './decodeBody.ts';
import { journalled } from './journalled.ts';

/** What came of a body: kept, or why it can never be (`refuse`), or what its sender may not do. */
export type Taken = { accepted: number; rejected: number; why: string | null } | { refuse: string } | { forbid: string };

/**
 * What is pushed to a listener: decoded, masked and in a journal on disk before its sender is answered, and read from there.
 * Nothing that was taken is lost in a crash.
 */
export class Inbox {
  readonly counts = { duplicate: 0, filtered: 0, left_out: 0 };
  readonly #journal: Journal;
  readonly #context: SourceContext;
  readonly #maxBacklog: number;
  #taken = 0;

  private constructor(journal: Journal, context: SourceContext, maxBacklog: number) {
    this.#journal = journal;
    this.#context = context;
    this.#maxBacklog = maxBacklog;
  }

  /** @param maxBacklog bytes that may wait for the pipeline. Throws CAD015 where there is no folder for the journal. */
  static async open(context: SourceContext, maxBacklog: number): Promise<Inbox> {
    const { io, id, from, stateDir, dataDir } = context;
    const folder = stateDir ?? dataDir;
    if (folder === undefined)
      throw new CaducusError('CAD015', { path: `sources.${id}` }, 'the listener needs a folder for its journal (state_dir)');
    return new Inbox(await Journal.open(io.files, join(folder, 'journal', encodeURIComponent(id)), from), context, maxBacklog);
  }

  /** Whether so much waits that senders have to come back later. */
  get isFull(): boolean {
    return this.#journal.backlog > this.#maxBacklog;
  }

  /** Takes a body. Rejects when it cannot be judged or kept now. */
  async take(decode: Decode, body: Buffer, context: Pick<DecodeContext, 'options' | 'headers' | 'fetchText'>): Promise<Taken> {
    const { io, id, redact = (record: Signal) => record } = this.#context;
    const now = io.now();
    const beside = { filtered: 0, left_out: 0 };
    this.#taken += 1;
    // Time first, so that ids rise; the journal's epoch keeps two starts apart when the clock was set back.
    const request = `${now.toString(36).padStart(9, '0')}${this.#journal.epoch.toString(36)}-${this.#taken.toString(36).padStart(6, '0')}`;
    const uncounted: DecodeContext['uncounted'] = (what, many) => void (beside[what] += many);
    const decoded = await decodeBody(decode, body, { ...context, id, now, request, uncounted });
    if (!('records' in decoded)) return decoded;
    const records = decoded.records.map(redact);
    if (records.length > 0) await this.#journal.append(records.map(recordLine).join(''));
    this.counts.filtered += beside.filtered;
    this.counts.left_out += beside.left_out;
    const refused = records.filter((record) => record.kind === 'rejected');
    return { accepted: records.length - refused.length, rejected: refused.length, why: refused[0]?.rejected.reason ?? null };
  }

  /** What was taken, from where the last checkpoint stands. */
  batches(): AsyncGenerator<SourceBatch> {
    const { id, from, signal } = this.#context;
    return journalled(this.#journal, { source: id, from, signal, repeated: () => void (this.counts.duplicate += 1) });
  }

  /** No checkpoint before that position is kept any more. */
  release(position: Json): Promise<void> {
    return this.#journal.release(position);
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}
