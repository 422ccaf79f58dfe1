import { toIso } from '../../event.ts';
import type { Incident } from './incident.ts';
import type { Page } from './pages.ts';

/** An incident with the pages that came of it, or why none did. */
export type Judged = { incident: Incident } & ({ pages: readonly Page[] } | { why: string });

/** A page, as JSON has it. */
export interface PageRow {
  at: string;
  until: string | null;
  to: string;
  id: string;
  rule: string;
  type: string;
  severity: string;
  group_id: string;
  title: string;
  change: string | null;
  incident: string | null;
}

interface IncidentRow {
  id: string;
  title: string;
  start: string;
  service: string | null;
}
export type CaughtRow = IncidentRow & {
  page: string;
  /** How long before its record the first page of it came; less than 0 where it came later. Milliseconds. */
  early_ms: number;
};
export type MissedRow = IncidentRow & { why: string };

/** What a backtest found. Lengths of time in milliseconds, times ISO 8601 UTC; null without an event. */
export interface BacktestResult {
  from: string | null;
  to: string | null;
  days: number;
  pages: { count: number; a_day: number; by_team: { team: string; pages: number; a_day: number }[] };
  incidents: {
    known: number;
    /** In the list, and not within the history. */
    outside: number;
    /** No service of the list names a group: pages were held against incidents by their times alone. */
    by_time: boolean;
    caught: CaughtRow[];
    missed: MissedRow[];
    median_early_ms: number | null;
  };
  /** Pages that are of no incident of the list. */
  not_known: { count: number; by_rule: { rule: string; pages: number }[]; kinds: { kind: string; pages: number }[] };
  all: PageRow[];
}

const dayMs = 86_400_000;

export interface Counted {
  /** Event time that was counted, milliseconds; `begin` is beyond `end` without an event. */
  begin: number;
  end: number;
  pages: readonly Page[];
  judged: readonly Judged[];
  outside: number;
  byTime: boolean;
}

export function describeBacktest({ begin, end, pages, judged, outside, byTime }: Counted): BacktestResult {
  const isEmpty = !(end >= begin);
  // Less than a day says nothing about a day; it counts as one.
  const days = isEmpty ? 0 : Math.max(1, (end - begin) / dayMs);
  const owners = new Map<Page, string>();
  for (const one of judged) if ('pages' in one) for (const page of one.pages) owners.set(page, owners.get(page) ?? one.incident.id);
  const caught = judged.flatMap((one) => ('pages' in one ? [describeCaught(one.incident, one.pages)] : []));
  const missed = judged.flatMap((one) => ('why' in one ? [{ ...describeIncident(one.incident), why: one.why }] : []));
  const unknown = pages.filter((page) => !owners.has(page));
  const aDay = (many: number) => (days === 0 ? 0 : Number((many / days).toFixed(2)));
  return {
    from: isEmpty ? null : toIso(begin),
    to: isEmpty ? null : toIso(end),
    days: isEmpty ? 0 : Number(((end - begin) / dayMs).toFixed(2)),
    pages: {
      count: pages.length,
      a_day: aDay(pages.length),
      by_team: tally(pages, ({ to }) => to).map(([team, many]) => ({ team, pages: many, a_day: aDay(many) })),
    },
    incidents: {
      known: judged.length,
      outside,
      by_time: byTime,
      caught,
      missed,
      median_early_ms: median(caught.map(({ early_ms: early }) => early)),
    },
    not_known: {
      count: unknown.length,
      by_rule: tally(unknown, ({ finding }) => finding.rule).map(([rule, many]) => ({ rule, pages: many })),
      kinds: tally(unknown, nameKind).map(([kind, many]) => ({ kind, pages: many })),
    },
    all: pages.map((page) => describePage(page, owners.get(page) ?? null)),
  };
}

/** What a page that nobody knows of was about: a change, or a rule and a group. */
const nameKind = ({ change, finding }: Page): string => (change === null ? `${finding.rule} in ${finding.group_id}` : 'after a change');

const describeIncident = ({ id, title, start, service }: Incident): IncidentRow => ({ id, title, start: toIso(start), service });

function describeCaught(incident: Incident, pages: readonly Page[]): CaughtRow {
  const first = pages.reduce((a, b) => (b.at < a.at ? b : a));
  return { ...describeIncident(incident), page: first.finding.id, early_ms: incident.start - first.at };
}

function describePage({ at, until, to, finding, change }: Page, incident: string | null): PageRow {
  const { id, rule, type, severity, group_id, title } = finding;
  return { at: toIso(at), until: until === null ? null : toIso(until), to, id, rule, type, severity, group_id, title, change, incident };
}

/** How many there are of each name, the most first. */
function tally<T>(all: readonly T[], nameIt: (one: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(nameIt(one), (counts.get(nameIt(one)) ?? 0) + 1);
  return [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
