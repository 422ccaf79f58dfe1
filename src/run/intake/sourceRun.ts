import type { RedactKind } from '../../redact/kinds.ts';
import type { Signal } from '../../signal.ts';
import type { OpenSource } from '../../sources/source.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { Ingress } from './ingress.ts';
import type { Lateness } from './watermark.ts';
import { OrderedClock } from './orderedClock.ts';
import { SourceClock, type RecordClock } from './sourceClock.ts';
import type { SortedRuns } from './sortedRuns.ts';
import type { SourceReport } from '../report.ts';
import { sourceHash, type SourceState } from '../checkpoint/snapshot.ts';

/** One source of a run: what is counted of it and where it stands. */
export interface SourceRun {
  node: SourceNode;
  report: SourceReport;
  state: SourceState;
  ingress: Ingress;
  /** Its event time; null before it is open, and where every record goes by its own stamp. */
  clock: RecordClock | null;
  /** Newest event time of this run, milliseconds, and how many records came behind it. */
  newest: number;
  disordered: number;
  /** Oldest and newest event time of this run, milliseconds; null before the first record. */
  first: number | null;
  last: number | null;
  /** When something of it came last, by the run's clock, milliseconds. */
  lastAt: number;
  open: OpenSource | null;
  hasEnded: boolean;
}

/** A source that is not open yet, where an earlier run has left it. */
export function startSource(node: SourceNode, redact: readonly RedactKind[], saved: SourceState | undefined): SourceRun {
  const { id, source } = node;
  const fresh: SourceState = { id, hash: sourceHash(node), position: null, taken: 0, read: 0, reached: null };
  const state = { ...fresh, ...saved, hash: fresh.hash };
  return {
    node,
    report: { id, read: 0, accepted: 0, rejected: 0, duplicate: 0 },
    state,
    ingress: new Ingress({ redact, redelivers: source.spec.redelivers }, state.recent),
    clock: null,
    newest: state.reached ?? Number.NEGATIVE_INFINITY,
    disordered: 0,
    first: null,
    last: null,
    lastAt: 0,
    open: null,
    hasEnded: false,
  };
}

/** Whether the clock of a source may hold records back. One that may give a record again cannot wait: it counts what it gave. */
export const holds = ({ source: { spec } }: SourceNode): boolean => spec.sequential && !spec.redelivers;

/**
 * The clock of a source where the last run left it; null where every record goes by its own stamp. `orders`: every source of
 * the run ends, so that what comes can be put in order, with surplus in `runs`.
 */
export function openClock({ node, state }: SourceRun, { orders, runs }: { orders: boolean; runs: SortedRuns | null }): RecordClock | null {
  const { source, options } = node;
  const isLive = source.spec.live(options);
  const sequential = holds(node);
  if (source.spec.accompanies || !(isLive || sequential)) return null;
  const { maxFutureSkew = null, allowedLateness: lateness = 0 } = options as { maxFutureSkew?: number; allowedLateness?: number };
  const clock = { live: isLive, sequential, lateness, maxFutureSkew };
  return orders && sequential
    ? new OrderedClock(clock, state.clock, { runs, position: state.position })
    : new SourceClock(clock, state.clock);
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

/** How far behind a source may be, and when it counts as idle. */
export const readLateness = (node: SourceNode): Lateness => ({
  lateness: (node.options as { allowedLateness?: number }).allowedLateness ?? 0,
  idle: idleAfter(node),
});

/** After how long without a record a live source counts as idle, milliseconds. */
export const idleAfter = (node: SourceNode): number => (node.options as { idle?: number }).idle ?? 5000;

/** What a source gave, as it comes in through the ingress; what has been in before is counted and left out. */
export function admitted({ ingress, report }: SourceRun, given: readonly Signal[]): Signal[] {
  const records: Signal[] = [];
  for (const one of given) {
    const record = ingress.admit(one);
    if (record) records.push(record);
  }
  report.read += given.length - records.length;
  report.duplicate += given.length - records.length;
  return records;
}
