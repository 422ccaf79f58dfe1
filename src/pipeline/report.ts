import type { OperatorCounters } from '../../operators/kernel.ts';
import type { JsonObject } from '../event.ts';
import type { SinkCounters } from '../sinks/sink.ts';

/** What a run has to say at its end. Every number is a count unless its name says otherwise. */
export interface RunReport {
  pipeline: string;
  /** Why it ended. */
  reason: 'input ended' | 'stopped';
  /** Wall clock, milliseconds. */
  took: number;
  /** Event time of the first and last record, milliseconds; null without any. */
  first: number | null;
  last: number | null;
  sources: SourceReport[];
  operators: ({ id: string } & OperatorCounters)[];
  sinks: ({ id: string; offered: number; note: string; figures: JsonObject } & SinkCounters)[];
  late: number;
  /** Rejected records by reason, most frequent first. */
  rejected: { reason: string; count: number; example: string }[];
  windows: number;
  patterns: number;
  newPatterns: number;
  findings: number;
}

/** read = accepted + rejected + duplicate */
export interface SourceReport {
  id: string;
  read: number;
  accepted: number;
  rejected: number;
  duplicate: number;
}

/** What does not add up in a report, in words; empty when everything is accounted for. */
export function imbalances(report: RunReport): string[] {
  const wrong: string[] = [];
  for (const { id, read, accepted, rejected, duplicate } of report.sources) {
    if (read !== accepted + rejected + duplicate) wrong.push(`source ${id}: read ${read}, accepted ${accepted} + rejected ${rejected} + duplicate ${duplicate}`);
  }
  for (const { id, in: into, forwarded, consumed } of report.operators) {
    if (into !== forwarded + consumed) wrong.push(`operator ${id}: in ${into}, forwarded ${forwarded} + consumed ${consumed}`);
  }
  for (const { id, offered, written, filtered, failed, held } of report.sinks) {
    if (offered !== written + filtered + failed + held) {
      wrong.push(`sink ${id}: offered ${offered}, written ${written} + filtered ${filtered} + failed ${failed} + held ${held}`);
    }
  }
  return wrong;
}

/** Counts what goes by, for the report. */
export class Tally {
  late = 0;
  windows = 0;
  findings = 0;
  first: number | null = null;
  last: number | null = null;
  readonly #rejected = new Map<string, { count: number; example: string }>();
  readonly #topics = new Set<string>();
  readonly #fresh = new Set<string>();

  event(time: number): void {
    if (this.first === null || time < this.first) this.first = time;
    if (this.last === null || time > this.last) this.last = time;
  }

  rejected(reason: string, example: string): void {
    const known = this.#rejected.get(reason);
    if (known) known.count += 1;
    // A reason holds no text of the record, so there are few; the cap is for those of custom operators.
    else if (this.#rejected.size < 1000) this.#rejected.set(reason, { count: 1, example });
    else this.rejected('other reasons', example);
  }

  topic(key: string, fresh: boolean): void {
    this.#topics.add(key);
    if (fresh) this.#fresh.add(key);
  }

  get patterns(): number {
    return this.#topics.size;
  }

  get newPatterns(): number {
    return this.#fresh.size;
  }

  get rejectedReasons(): RunReport['rejected'] {
    return [...this.#rejected].map(([reason, r]) => ({ reason, ...r })).toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }

  get rejectedCount(): number {
    return this.rejectedReasons.reduce((sum, { count }) => sum + count, 0);
  }
}
