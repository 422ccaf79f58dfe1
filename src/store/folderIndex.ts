import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { toIso, type Event } from '../event.ts';
import type { Files } from '../io.ts';
import { readEvent } from './canonicalEvent.ts';
import { inOrder, type Entry, type StoreProblem } from './entry.ts';
import { recordPaths, tables } from './folder.ts';
import type { Run } from './segments/mergeRuns.ts';
import { markEvent } from './segments/segmentScan.ts';

/** Records read in one go, before others have their turn: some milliseconds. */
const slice = 256;

/** Events kept from the first reading, so that stores of a usual size are read once: some hundred bytes each. */
const kept = 150_000;

function readRecordFile(files: Files, path: string): Event | string {
  const text = files.readPlainSync(path);
  return text === null ? 'not a plain file' : readEvent(text);
}

/** Calls `take` with each record of the paths, in their order. */
async function eachRecord(files: Files, paths: readonly string[], take: (event: Event | string, path: string) => void): Promise<void> {
  for (let from = 0; from < paths.length; from += slice) {
    for (const path of paths.slice(from, from + slice)) take(readRecordFile(files, path), path);
    await setImmediate();
  }
}

/** A record of the folder. */
export interface FolderRecord {
  path: string;
  /** Event time, milliseconds since 1970. */
  ms: number;
  group: string;
  /** See `markEvent`. */
  mark: number;
  /** Of the first ones, which are kept. */
  event: Event | null;
}

/** Where the folder's events lie, by day in UTC. */
export type FolderIndex = Map<string, FolderRecord[]>;

/** Reads the folder `events/` once: which of the wanted events are of which day. The first are kept, of the others the path. */
export async function folderIndex(
  files: Files,
  dataDir: string,
  wanted: (event: Event) => boolean,
  report: (problem: StoreProblem) => void,
): Promise<FolderIndex> {
  const index: FolderIndex = new Map();
  const folder = join(dataDir, tables.events.path);
  const there = await files.lstat(folder);
  if (there && !there.isDirectory()) report({ path: folder, reason: 'not a folder' });
  if (!there?.isDirectory()) return index;
  let read = 0;
  await eachRecord(files, await recordPaths(files, dataDir, tables.events), (event, path) => {
    if (typeof event === 'string') return report({ path, reason: event });
    if (!wanted(event)) return;
    const ms = Date.parse(event.timestamp);
    const day = toIso(ms).replace(/T.*/, '');
    const list = index.get(day) ?? [];
    list.push({ path, ms, group: event.group_id, mark: markEvent(ms, event.id), event: read < kept ? event : null });
    index.set(day, list);
    read += 1;
  });
  return index;
}

/** The folder's events of one day, in order. */
export class FolderRun implements Run {
  ready: Entry[] = [];
  #read = false;
  readonly #files: Files;
  readonly #records: readonly FolderRecord[];

  constructor(files: Files, records: readonly FolderRecord[]) {
    this.#files = files;
    this.#records = records;
  }

  async fill(): Promise<boolean> {
    if (this.#read) return false;
    this.#read = true;
    const events = this.#records.flatMap(({ event }) => event ?? []);
    const paths = this.#records.flatMap(({ event, path }) => (event === null ? path : []));
    await eachRecord(this.#files, paths, (event) => {
      if (typeof event !== 'string') events.push(event);
    });
    this.ready = events.map((event) => ({ ms: Date.parse(event.timestamp), id: event.id, record: event })).toSorted(inOrder);
    return this.ready.length > 0;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
