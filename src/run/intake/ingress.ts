import type { RedactCounts, RedactKind } from '../../redact/kinds.ts';
import { Redactor } from '../../redact/redactor.ts';
import type { RejectedSignal, Signal } from '../../signal.ts';
import { RecentIds } from './recentIds.ts';

export interface IngressOptions {
  /** What is masked. */
  redact: readonly RedactKind[];
  /** A record dated further ahead of its arrival than this is rejected, milliseconds; null judges none. */
  maxFutureSkew: number | null;
  /** The source may give the same record again. */
  redelivers: boolean;
}

/** How much of a rejected record is kept, in characters. */
const originalLength = 4096;

/**
 * Where a source's records come in. What must not be written anywhere is masked here, before anything else sees it; what
 * cannot be right is rejected, and what has been here already is let go.
 */
export class Ingress {
  readonly #redactor: Redactor;
  readonly #options: IngressOptions;
  #recent: RecentIds | null;

  constructor(options: IngressOptions, recent?: readonly string[]) {
    this.#options = options;
    this.#redactor = new Redactor(options.redact);
    this.#recent = options.redelivers ? new RecentIds(recent) : null;
  }

  /** Masks one record. A source that keeps a journal of its own calls this before it writes; twice does no harm. */
  readonly redact = (record: Signal): Signal => this.#redactor.record(record);

  /** The record as it goes in, or rejected; null when it has been in before. `arrived`: milliseconds since 1970. */
  admit(given: Signal, arrived: number): Signal | null {
    const record = this.#redactor.record(given);
    if (record.kind !== 'event') return record;
    if (this.#recent?.seen(record.event.id)) return null;
    const { maxFutureSkew } = this.#options;
    return maxFutureSkew !== null && record.time > arrived + maxFutureSkew ? fromTheFuture(record, arrived) : record;
  }

  /** What was masked so far; undefined when nothing was. */
  get redacted(): RedactCounts | undefined {
    const { counts } = this.#redactor;
    return counts.secrets + counts.emails + counts.ips > 0 ? { ...counts } : undefined;
  }

  /** The recent ids, for a checkpoint; undefined where none are kept. */
  save(): string[] | undefined {
    return this.#recent?.save();
  }
}

/** Taken in, it would move the watermark to its date, and every record after it would be late. */
function fromTheFuture({ key, event }: Extract<Signal, { kind: 'event' }>, arrived: number): RejectedSignal {
  const original = JSON.stringify(event).slice(0, originalLength);
  return {
    kind: 'rejected',
    time: arrived,
    key,
    rejected: { source: event.source, reason: 'dated too far ahead of its arrival (max_future_skew)', place: {}, original },
  };
}
