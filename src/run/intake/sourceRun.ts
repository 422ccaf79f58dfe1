import type { RedactKind } from '../../redact/kinds.ts';
import type { Signal } from '../../signal.ts';
import type { OpenSource } from '../../sources/source.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { Ingress } from './ingress.ts';
import type { SourceReport } from '../report.ts';
import { sourceHash, type SourceState } from '../checkpoint/snapshot.ts';

/** One source of a run: what is counted of it and where it stands. */
export interface SourceRun {
  node: SourceNode;
  report: SourceReport;
  state: SourceState;
  ingress: Ingress;
  /** Newest event time of this run, milliseconds, and how many records came behind it. */
  newest: number;
  disordered: number;
  /** Oldest and newest event time of this run, milliseconds; null before the first record. */
  first: number | null;
  last: number | null;
  open: OpenSource | null;
  hasEnded: boolean;
}

/** A source that is not open yet, where an earlier run has left it. */
export function startSource(node: SourceNode, redact: readonly RedactKind[], saved: SourceState | undefined): SourceRun {
  const { id, source } = node;
  const fresh: SourceState = { id, hash: sourceHash(node), position: null, taken: 0, read: 0, reached: null };
  const state = { ...fresh, ...saved, hash: fresh.hash };
  const { maxFutureSkew = null } = node.options as { maxFutureSkew?: number };
  // Files are of any time; what comes alive is of now.
  const skew = source.spec.live(node.options) ? maxFutureSkew : null;
  return {
    node,
    report: { id, read: 0, accepted: 0, rejected: 0, duplicate: 0 },
    state,
    ingress: new Ingress({ redact, maxFutureSkew: skew, redelivers: source.spec.redelivers }, state.recent),
    newest: state.reached ?? Number.NEGATIVE_INFINITY,
    disordered: 0,
    first: null,
    last: null,
    open: null,
    hasEnded: false,
  };
}

/** Counts records of a source that have been worked on. */
export function countRecords(source: SourceRun, records: readonly Signal[]): void {
  const { report, state } = source;
  report.read += records.length;
  state.read += records.length;
  for (const { kind, time } of records) {
    if (kind === 'rejected') {
      report.rejected += 1;
      continue;
    }
    report.accepted += 1;
    if (source.first === null || time < source.first) source.first = time;
    if (source.last === null || time > source.last) source.last = time;
    if (time >= source.newest) source.newest = time;
    else source.disordered += 1;
  }
}

/** After how long without a record a live source counts as idle, milliseconds. */
export const idleAfter = (node: SourceNode): number => (node.options as { idle?: number }).idle ?? 5000;

/** What a source gave, as it comes in through the ingress; what has been in before is counted and left out. */
export function admitted({ ingress, report }: SourceRun, given: readonly Signal[], arrived: number): Signal[] {
  const records: Signal[] = [];
  for (const one of given) {
    const record = ingress.admit(one, arrived);
    if (record) records.push(record);
  }
  report.read += given.length - records.length;
  report.duplicate += given.length - records.length;
  return records;
}
