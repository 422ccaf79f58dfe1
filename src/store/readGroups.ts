import { toIso } from '../event.ts';
import type { Files } from '../io.ts';
import { mergeOnce } from './segments/mergeRuns.ts';
import { readIndex } from './segments/segmentIndex.ts';
import type { SegmentFacts } from './segments/segmentScan.ts';
import { listDays, openDay, type StoredDay, type StoredRun } from './storedDays.ts';

export interface GroupSummary {
  group_id: string;
  events: number;
  /** Time of the first and the last event, ISO 8601 UTC. */
  first: string;
  last: string;
}

/** Events of a group: how many, and the time of the first and the last, milliseconds since 1970. */
interface Extent {
  events: number;
  first: number;
  last: number;
}
type Extents = Map<string, Extent>;

/**
 * The groups of the store by name, with how many events each has, an event that is stored twice once. From the indexes of
 * the segments; only a day that holds an event twice is read event by event.
 */
export async function readGroups(files: Files, dataDir: string): Promise<GroupSummary[]> {
  const groups: Extents = new Map();
  for (const day of await listDays(files, dataDir, {})) {
    const facts: SegmentFacts[] = [];
    for (const path of day.segments) facts.push((await readIndex(files, path)).facts);
    if (facts.some(({ mixed }) => mixed) || holdsTwice(day, facts)) await countEach(files, day, facts, groups);
    else count(day, facts, groups);
  }
  return Array.from(groups, ([group_id, { events, first, last }]) => ({
    group_id,
    events,
    first: toIso(first),
    last: toIso(last),
  })).toSorted((a, b) => (a.group_id < b.group_id ? -1 : 1));
}

/** Whether an event of the day may be stored twice. */
function holdsTwice({ folder }: StoredDay, facts: readonly SegmentFacts[]): boolean {
  const marks = new Float64Array(facts.reduce((sum, { marks: { length } }) => sum + length, folder.length));
  let at = 0;
  for (const { mark } of folder) marks[at++] = mark;
  for (const { marks: some } of facts) {
    marks.set(some, at);
    at += some.length;
  }
  marks.sort();
  return marks.some((mark, i) => mark === marks[i - 1]);
}

function add(groups: Extents, group: string, { events, first, last }: Extent): void {
  const known = groups.get(group);
  groups.set(
    group,
    known
      ? { events: known.events + events, first: Math.min(known.first, first), last: Math.max(known.last, last) }
      : { events, first, last },
  );
}

function count({ folder }: StoredDay, facts: readonly SegmentFacts[], groups: Extents): void {
  for (const { group, ms } of folder) add(groups, group, { events: 1, first: ms, last: ms });
  for (const { group, marks, first, last } of facts)
    if (group !== null && first !== null && last !== null) add(groups, group, { events: marks.length, first, last });
}

async function countEach(files: Files, day: StoredDay, facts: readonly SegmentFacts[], groups: Extents): Promise<void> {
  // All lines of a segment are of one group.
  const named = new Map(day.segments.map((path, i) => [path, facts[i]!.group]));
  const groupFor = ({ path = '' }: StoredRun) => named.get(path) ?? null;
  for await (const { entry, run } of mergeOnce(openDay(files, day, {}))) {
    const group = typeof entry.record === 'string' ? groupFor(run) : entry.record.group_id;
    if (group !== null) add(groups, group, { events: 1, first: entry.ms, last: entry.ms });
  }
}
