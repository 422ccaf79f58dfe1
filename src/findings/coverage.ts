import type { CatalogEntry } from './owners/catalogEntry.ts';
import { findEntry } from './owners/findEntry.ts';
import type { Decision, GroupLine } from './whyNot/decision.ts';
import { stretch } from './whyNot/record.ts';

/** What is known of a group: whether it sends anything, and how well it is read. Times ISO 8601. */
export interface CoverageRow {
  group: string;
  /** It should be there by the catalog, or it wrote within what is kept. */
  by: 'catalog' | 'seen';
  team: string | null;
  state: 'live' | 'stopped' | 'never seen';
  last: string | null;
  lines: number;
  /** Lines an hour over the last day. */
  rate: number;
  /**
   * Shares of the lines of the last day: without a level, at a time that is not their own, after their window, counted with
   * those of other groups for want of room.
   */
  no_level: number;
  guessed: number;
  late: number;
  folded: number;
  /** More of its lines of the last day than that are not read whole. */
  unread: boolean;
}

export interface Coverage {
  /** Newest event time that is kept; null without any. */
  as_of: string | null;
  groups: CoverageRow[];
  /** Share of all records of the last day that could not be taken. */
  rejected_share: number;
  /** They, of all that is kept, by source. */
  rejected: { source: string; count: number; reason: string }[];
}

const hour = 3_600_000;
const day = 24 * hour;
/** A group is missed when it is silent so many times as long as ever before, and at least an hour. */
const missedTimes = 3;
/** Share of lines whose level or time is not known from which a group counts as not read. */
const mostUnread = 0.05;
/** Lines from which a share says something. */
const leastLines = 20;

/** Which groups should be there, which are, and how well each is read; those that are missed first. */
export function findCoverage(decisions: readonly Decision[], catalog: readonly CatalogEntry[]): Coverage {
  const byGroup = new Map<string, GroupLine[]>();
  for (const one of decisions) if (one.kind === 'group') byGroup.set(one.group, [...(byGroup.get(one.group) ?? []), one]);
  const now = Math.max(...[...byGroup.values()].flat().map(({ last }) => Date.parse(last)));
  const rows = [...byGroup].map(([group, lines]) => describeGroup(group, lines, { now, catalog }));
  const covered = new Set([...byGroup.keys()].map((group) => findEntry(catalog, group)));
  const missing = catalog.filter((entry) => !covered.has(entry)).map(describeMissing);
  const rank = ({ state, unread }: CoverageRow) => (state === 'never seen' ? 0 : state === 'stopped' ? 1 : unread ? 2 : 3);
  return {
    as_of: byGroup.size === 0 ? null : new Date(now).toISOString(),
    groups: [...missing, ...rows].toSorted((a, b) => rank(a) - rank(b) || (a.group < b.group ? -1 : 1)),
    rejected_share: findRejectedShare(decisions, now),
    rejected: countRejected(decisions),
  };
}

function findRejectedShare(decisions: readonly Decision[], now: number): number {
  const recent = decisions.filter(({ at }) => Date.parse(at) > now - day);
  const refused = sum(
    recent.filter((one) => one.kind === 'rejected'),
    'count',
  );
  const taken = sum(
    recent.filter((one) => one.kind === 'group'),
    'lines',
  );
  return refused === 0 ? 0 : Number((refused / (refused + taken)).toFixed(4));
}

function describeGroup(
  group: string,
  given: readonly GroupLine[],
  { now, catalog }: { now: number; catalog: readonly CatalogEntry[] },
): CoverageRow {
  const lines = given.toSorted((a, b) => (a.last < b.last ? -1 : Number(a.last > b.last)));
  const times = lines.map(({ last }) => Date.parse(last));
  const longest = times.slice(1).reduce((most, time, i) => Math.max(most, time - times[i]!), 0);
  const last = times.at(-1)!;
  const recent = lines.filter((one) => Date.parse(one.last) > now - day);
  const many = sum(recent, 'lines');
  const share = (key: 'no_level' | 'guessed' | 'late' | 'folded') => (many === 0 ? 0 : Number((sum(recent, key) / many).toFixed(4)));
  // Hours that it can have written in: what is kept may be less than a day.
  const hours = Math.max(1, Math.min(day, now - times[0]! + stretch) / hour);
  const [noLevel, guessed] = [share('no_level'), share('guessed')];
  return {
    group,
    by: 'seen',
    team: findEntry(catalog, group)?.team ?? null,
    state: now - last > Math.max(hour, missedTimes * longest) ? 'stopped' : 'live',
    last: lines.at(-1)!.last,
    lines: sum(lines, 'lines'),
    rate: Number((many / hours).toFixed(1)),
    no_level: noLevel,
    guessed,
    late: share('late'),
    folded: share('folded'),
    unread: many >= leastLines && Math.max(noLevel, guessed) > mostUnread,
  };
}

const describeMissing = ({ name, group, team }: CatalogEntry): CoverageRow => ({
  group: name ?? group ?? '',
  by: 'catalog',
  team: team ?? null,
  state: 'never seen',
  last: null,
  lines: 0,
  rate: 0,
  no_level: 0,
  guessed: 0,
  late: 0,
  folded: 0,
  unread: false,
});

const sum = <K extends string>(lines: readonly Partial<Record<K, number>>[], key: K): number =>
  lines.reduce((all, one) => all + (one[key] ?? 0), 0);

function countRejected(decisions: readonly Decision[]): Coverage['rejected'] {
  const all = new Map<string, { source: string; count: number; reason: string }>();
  for (const one of decisions) {
    if (one.kind !== 'rejected') continue;
    const key = `${one.source}\0${one.reason}`;
    all.set(key, { source: one.source, reason: one.reason, count: (all.get(key)?.count ?? 0) + one.count });
  }
  return [...all.values()].toSorted((a, b) => b.count - a.count);
}
