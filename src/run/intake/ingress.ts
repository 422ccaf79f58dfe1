import type { RedactCounts, RedactKind } from '../../redact/kinds.ts';
import { Redactor } from '../../redact/redactor.ts';
import type { Signal } from '../../signal.ts';
import { rejectTimeless } from './rejectTimeless.ts';
import { RecentIds } from './recentIds.ts';

export interface IngressOptions {
  /** What is masked. */
  redact: readonly RedactKind[];
  /** The source may give the same record again. */
  redelivers: boolean;
}

/**
 * Where a source's records come in. What must not be written anywhere is masked here, before anything else sees it; what
 * has been here already is let go.
 */
export class Ingress {
  readonly #redactor: Redactor;
  #recent: RecentIds | null;

  constructor({ redact, redelivers }: IngressOptions, recent?: readonly string[]) {
    this.#redactor = new Redactor(redact);
    this.#recent = redelivers ? new RecentIds(recent) : null;
  }

  /** Masks one record. A source that keeps a journal of its own calls this before it writes; twice does no harm. */
  readonly redact = (record: Signal): Signal => rejectTimeless(this.#redactor.record(record));

  /** The record as it goes in; null when it has been in before. */
  admit(given: Signal): Signal | null {
    const record = this.redact(given);
    return record.kind === 'event' && this.#recent?.seen(record.event.id) ? null : record;
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
