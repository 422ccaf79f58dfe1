import { join } from 'node:path';
import { toIso, type Event } from '../event.ts';
import type { Files } from '../io.ts';
import { encodeName } from './encodeName.ts';
import { makeEvent, type Entry, type StoreProblem } from './entry.ts';
import { FolderRun, folderIndex } from './folderIndex.ts';
import { mergeRuns, type Run } from './segments/mergeRuns.ts';
import { dayEnd, parseSegmentFile } from './segments/segmentName.ts';
import { SegmentRun, readGroup } from './segments/segmentRun.ts';

export interface ReadOptions {
  /** Only this group. */
  group?: string | undefined;
  /** Event time, milliseconds since 1970: from, inclusive. */
  since?: number | undefined;
  /** To, exclusive. */
  until?: number | undefined;
  /** Events at most. */
  limit?: number | undefined;
  /** Called with what cannot be read: broken lines, symbolic links, records that are no events. */
  onProblem?: ((problem: StoreProblem) => void) | undefined;
}

export interface GroupSummary {
  group_id: string;
  events: number;
  /** Time of the first and the last event, ISO 8601 UTC. */
  first: string;
  last: string;
}

interface Segment {
  path: string;
  day: string;
}

const within = (ms: number, { since, until }: ReadOptions) => (since === undefined || ms >= since) && (until === undefined || ms < until);

/** The segments that can hold what is asked for. Symbolic links are not followed. */
async function listSegments(files: Files, dataDir: string, options: ReadOptions): Promise<Segment[]> {
  const root = join(dataDir, 'segments');
  const found: Segment[] = [];
  const there = await files.lstat(root);
  if (there && !there.isDirectory()) options.onProblem?.({ path: root, reason: 'not a folder' });
  const names = there?.isDirectory() ? await files.list(root) : [];
  const only = options.group === undefined ? null : encodeName(options.group);
  for (const name of names.filter((group) => only === null || group === only)) {
    if (!(await files.lstat(join(root, name)))?.isDirectory()) {
      options.onProblem?.({ path: join(root, name), reason: 'not a folder' });
      continue;
    }
    for (const file of await files.list(join(root, name))) {
      const path = join(root, name, file);
      const day = parseSegmentFile(file)?.day;
      if (day === undefined || Number.isNaN(dayEnd(day))) continue;
      const outside =
        (options.since !== undefined && dayEnd(day) <= options.since) ||
        (options.until !== undefined && dayEnd(day) - 86_400_000 >= options.until);
      if (outside) continue;
      if ((await files.lstat(path))?.isFile()) found.push({ path, day });
      else options.onProblem?.({ path, reason: 'not a plain file' });
    }
  }
  return found;
}

/** A run and, once it is asked for, the group of its events: all lines of a segment are of one, so one is parsed. */
type NamedRun = Run & { group?: string | null; path?: string };

/** All entries that are asked for, in order, each id once, day by day so that only one day's files are open. */
async function* readEntries(files: Files, dataDir: string, options: ReadOptions): AsyncGenerator<{ entry: Entry; run: NamedRun }> {
  const report = (problem: StoreProblem) => options.onProblem?.(problem);
  const wanted = (event: Event) =>
    (options.group === undefined || event.group_id === options.group) && within(Date.parse(event.timestamp), options);
  const folder = await folderIndex(files, dataDir, wanted, report);
  const segments = new Map<string, Segment[]>();
  for (const segment of await listSegments(files, dataDir, options)) {
    segments.set(segment.day, [...(segments.get(segment.day) ?? []), segment]);
  }
  const days = [...new Set([...folder.keys(), ...segments.keys()])].toSorted((a, b) => dayEnd(a) - dayEnd(b));
  for (const day of days) {
    const runs: NamedRun[] = (segments.get(day) ?? []).map(({ path }) => Object.assign(new SegmentRun(files, path, report), { path }));
    if (folder.has(day)) runs.unshift(new FolderRun(files, folder.get(day)!));
    let last: Entry | null = null;
    for await (const next of mergeRuns(runs)) {
      const { entry } = next;
      if (last && last.ms === entry.ms && last.id === entry.id) continue;
      last = entry;
      if (within(entry.ms, options)) yield next;
    }
  }
}

/**
 * Stored events in (timestamp, id) order, each id once, over both layouts: a file a record, and segments. Memory holds
 * one block of each file of a day, and as many events as arrived out of order.
 */
export async function* readEvents(files: Files, dataDir: string, options: ReadOptions = {}): AsyncGenerator<Event> {
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for await (const { entry, run } of readEntries(files, dataDir, options)) {
    const event = makeEvent(entry);
    if (typeof event === 'string') {
      options.onProblem?.({ path: run.path ?? '', reason: event });
      continue;
    }
    yield event;
    left -= 1;
    if (left <= 0) return;
  }
}

/** The groups of the store by name, with how many events each has. Reads everything once. */
export async function readGroups(
  files: Files,
  dataDir: string,
  options: Pick<ReadOptions, 'since' | 'until' | 'onProblem'> = {},
): Promise<GroupSummary[]> {
  const groups = new Map<string, { events: number; first: number; last: number }>();
  for await (const { entry, run } of readEntries(files, dataDir, options)) {
    if (typeof entry.record === 'string' && run.group === undefined) run.group = run.path ? await readGroup(files, run.path) : null;
    const group = typeof entry.record === 'string' ? run.group : entry.record.group_id;
    if (group === null || group === undefined) continue;
    const known = groups.get(group);
    if (known) {
      known.events += 1;
      known.last = entry.ms;
    } else {
      groups.set(group, { events: 1, first: entry.ms, last: entry.ms });
    }
  }
  return Array.from(groups, ([group_id, { events, first, last }]) => ({
    group_id,
    events,
    first: toIso(first),
    last: toIso(last),
  })).toSorted((a, b) => (a.group_id < b.group_id ? -1 : 1));
}
