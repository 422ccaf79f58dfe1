import { join } from 'node:path';
import type { Event } from '../event.ts';
import type { Files } from '../io.ts';
import { encodeName } from './encodeName.ts';
import type { StoreProblem } from './entry.ts';
import { FolderRun, folderIndex, type FolderRecord } from './folderIndex.ts';
import type { Run } from './segments/mergeRuns.ts';
import { dayEnd, parseSegmentFile } from './segments/segmentName.ts';
import { SegmentRun, type Stretch } from './segments/segmentRun.ts';

export interface ReadOptions extends Stretch {
  /** Only this group. */
  group?: string | undefined;
  /** Called with what cannot be read: broken lines, symbolic links, records that are no events. */
  onProblem?: ((problem: StoreProblem) => void) | undefined;
}

/** What is stored of one day in UTC. */
export interface StoredDay {
  /** Paths of segments. */
  segments: string[];
  folder: readonly FolderRecord[];
}

/** A run and, where it is one of a file, its path. */
export type StoredRun = Run & { path?: string };

export const within = (ms: number, { since, until }: Stretch): boolean =>
  (since === undefined || ms >= since) && (until === undefined || ms < until);

/** The segments that can hold what is asked for, by day. Symbolic links are not followed. */
async function listSegments(files: Files, dataDir: string, options: ReadOptions): Promise<Map<string, string[]>> {
  const root = join(dataDir, 'segments');
  const found = new Map<string, string[]>();
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
      if (day === undefined || Number.isNaN(dayEnd(day)) || isOutside(day, options)) continue;
      if ((await files.lstat(path))?.isFile()) found.set(day, [...(found.get(day) ?? []), path]);
      else options.onProblem?.({ path, reason: 'not a plain file' });
    }
  }
  return found;
}

const isOutside = (day: string, { since, until }: Stretch): boolean =>
  (since !== undefined && dayEnd(day) <= since) || (until !== undefined && dayEnd(day) - 86_400_000 >= until);

/** What is stored, over both layouts, day by day, the first one first. */
export async function listDays(files: Files, dataDir: string, options: ReadOptions): Promise<StoredDay[]> {
  const wanted = (event: Event) =>
    (options.group === undefined || event.group_id === options.group) && within(Date.parse(event.timestamp), options);
  const folder = await folderIndex(files, dataDir, wanted, (problem) => options.onProblem?.(problem));
  const segments = await listSegments(files, dataDir, options);
  return [...new Set([...folder.keys(), ...segments.keys()])]
    .toSorted((a, b) => dayEnd(a) - dayEnd(b))
    .map((day) => ({ segments: segments.get(day) ?? [], folder: folder.get(day) ?? [] }));
}

/** What a day holds, as runs to be merged. */
export function openDay(files: Files, { segments, folder }: StoredDay, options: ReadOptions): StoredRun[] {
  const report = (problem: StoreProblem) => options.onProblem?.(problem);
  const runs: StoredRun[] = segments.map((path) => Object.assign(new SegmentRun(files, path, report, options), { path }));
  if (folder.length > 0) runs.unshift(new FolderRun(files, folder));
  return runs;
}
