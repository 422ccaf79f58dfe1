import { toIso } from '../../event.ts';
import type { RunFigures } from '../../run/report.ts';
import { readClockJumps, type ClockJumps } from './clockJumps.ts';
import type { Reading, WarningKind } from './reading.ts';
import { readStamps } from './readStamps.ts';
import { readTroubles, type Troubles } from './troubles.ts';
import type { MemoryCounts } from '../../memory/memoryCounts.ts';

/** Something that went wrong, added up. Times ISO 8601 UTC. */
export interface Warning {
  kind: WarningKind;
  /** A source, operator or sink; the pipeline itself where it is empty. */
  component: string;
  count: number;
  first: string;
  last: string;
  what: string;
}

/** A warning that is due, with how many came since it was given last. */
export interface DueWarning extends Warning {
  fresh: number;
}

/** Each is given no more often than this, milliseconds. */
export const leastPause = 60_000;
/** Late events are warned of where they are more than this share of what came since the last look. */
const lateShare = 0.01;

/** Who fails and who is back is reported sooner: somebody may wait for it. Milliseconds. */
const troublePause = 20_000;
const hasShortPause: ReadonlySet<WarningKind> = new Set(['sink', 'sink_back', 'source', 'source_back']);

/** What the process adds to the figures of its run. */
interface OfProcess {
  checkpoints: { failures: number };
  memory: Pick<MemoryCounts, 'overflowed' | 'templates_evicted'>;
  troubles?: Troubles;
  clock?: ClockJumps;
}

interface Kept extends Warning {
  given: number;
  givenAt: number;
}

export interface Warnings {
  kept: Map<string, Kept>;
  /** Events taken and late at the last look. */
  accepted: number;
  late: number;
}

export const startWarnings = (): Warnings => ({ kept: new Map(), accepted: 0, late: 0 });

/**
 * Looks at a run's figures and says which warnings are due: the first of a kind at once, then no more than one a minute.
 * @param now wall clock, milliseconds since 1970
 */
export function lookForWarnings(state: Warnings, figures: RunFigures, process: OfProcess, now: number): DueWarning[] {
  const due: DueWarning[] = [];
  for (const reading of readings(state, figures, process)) {
    const key = `${reading.kind}\n${reading.component}`;
    const known = state.kept.get(key);
    if (reading.count <= (known?.count ?? 0)) continue;
    const kept: Kept = known ?? { ...reading, count: 0, first: toIso(now), last: toIso(now), given: 0, givenAt: Number.NEGATIVE_INFINITY };
    kept.count = reading.count;
    kept.what = reading.what;
    kept.last = toIso(now);
    state.kept.set(key, kept);
  }
  for (const kept of state.kept.values()) {
    if (kept.count <= kept.given || now - kept.givenAt < (hasShortPause.has(kept.kind) ? troublePause : leastPause)) continue;
    due.push({ ...listed(kept), fresh: kept.count - kept.given });
    kept.given = kept.count;
    kept.givenAt = now;
  }
  return due;
}

/** Everything that went wrong so far, the latest first. */
export const listWarnings = ({ kept }: Warnings): Warning[] =>
  [...kept.values()].map(listed).toSorted((a, b) => (a.last < b.last ? 1 : a.last > b.last ? -1 : a.kind < b.kind ? -1 : 1));

const listed = ({ kind, component, count, first, last, what }: Warning): Warning => ({ kind, component, count, first, last, what });

function readings(state: Warnings, { report }: RunFigures, { checkpoints, memory, troubles, clock }: OfProcess): Reading[] {
  const [worst] = report.rejected;
  const ofSources = report.sources.flatMap((source): Reading[] => [
    { kind: 'rejected', component: source.id, count: source.rejected, what: worst?.reason ?? 'rejected records' },
    ...readStamps(source),
    { kind: 'left_out', component: source.id, count: source.left_out ?? 0, what: 'records that their sender only counted' },
    { kind: 'passed_over', component: source.id, count: source.passed_over ?? 0, what: 'bytes that were gone before they could be read' },
  ]);
  const ofOperators = report.operators.map(({ id: component, refused, folded = 0, folded_keys = 0 }): Reading => ({
    kind: 'folded',
    component,
    count: refused + folded,
    what:
      folded > 0 ? `records of about ${folded_keys} groups that have no state of their own: theirs is \`others\`` : 'keys refused for room',
  }));
  const overflowed = memory.overflowed + memory.templates_evicted;
  const ofSinks = report.sinks.map(({ id: component, failed }): Reading => ({
    kind: 'given_up',
    component,
    count: failed,
    what: 'could not be delivered',
  }));
  return [
    ...ofSources,
    ...lateReading(state, report),
    ...ofOperators,
    { kind: 'folded', component: 'memory', count: overflowed, what: 'lines and patterns counted under others for room' },
    ...ofSinks,
    { kind: 'checkpoint', component: '', count: checkpoints.failures, what: 'checkpoints could not be written' },
    ...(clock ? [readClockJumps(clock)] : []),
    ...(troubles ? readTroubles(troubles) : []),
  ];
}

const percent = (share: number): string => `${Math.round(Math.min(1, share) * 100)} %`;

/** Late events, while they are more than few of those that come. */
function lateReading(state: Warnings, { late, sources }: RunFigures['report']): Reading[] {
  const accepted = sources.reduce((sum, source) => sum + source.accepted, 0);
  const [freshLate, fresh] = [late - state.late, accepted - state.accepted];
  state.late = late;
  state.accepted = accepted;
  return fresh > 0 && freshLate / fresh > lateShare
    ? [{ kind: 'late', component: '', count: late, what: `${percent(freshLate / fresh)} of the events came after their window had closed` }]
    : [];
}
