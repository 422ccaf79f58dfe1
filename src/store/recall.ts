import { recordLine } from '../base/recordText.ts';
import { fromSaved } from '../base/saved.ts';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Json, JsonObject } from '../event.ts';
import type { Files } from '../io.ts';
import type { MemoryCounts } from '../memory/memoryCounts.ts';
import type { Judged, TopicRecord } from '../memory/topics/topicRecord.ts';
import type { Finding, Radar } from '../signal.ts';
import { encodeName } from './encodeName.ts';

/** Names of what is no pipeline, which none can have: theirs begin with a letter. A radar of files or of standard input, and of the store. */
export const ofFiles = '_files';
export const ofStore = '_store';

/** What a run knew when it was last looked at, for the commands that explain it. Derived: nothing goes on from it. */
export interface Recall {
  version: 1;
  /** The pipeline, or what stands for a plain radar. */
  name: string;
  /** Files it read, where it was a radar of files, and their format where one was given. */
  inputs: string[];
  format?: string | JsonObject;
  /** What made the groups: a field, or a template of fields. */
  by: string;
  /** Rules for tokens by which its templates were made, as the options of the memory have them. */
  rules?: { mask: string[]; keep: string[] };
  /** Lines and patterns that its memories do not hold. */
  counts?: MemoryCounts;
  /** The embedder by which its topics were found, as `openEmbedder` takes it; absent where it was the lexical one. */
  embedder?: { name: string; options: Json };
  /** Newest event, ISO 8601 UTC; null without any. */
  as_of: string | null;
  /** The last radar of a closed window, else the last one. */
  radar: Radar | null;
  /** Findings that were emitted, the last of each. */
  findings: Finding[];
  /** What was made of topics last whose memories were not looked at since, by group and topic; absent without any. */
  judged?: [string, Judged][];
}

/** What a run knows: its head and its topics. */
export interface Known {
  recall: Recall;
  topics: TopicRecord[];
}

/** Where what is known of a run lies. */
const findFolder = (dataDir: string, name: string): string => join(dataDir, 'state', name, 'recall');
const headFile = 'recall.json';
const topicsFile = 'topics.ndjson';
const readingFile = 'reading.ndjson';
const indexFile = (folder: string, group: string): string => join(folder, 'templates', `${encodeName(group)}.json`);

/** Where what came of reading the store lies. */
export const readingPath = (dataDir: string): string => join(findFolder(dataDir, ofStore), readingFile);

/** Writes what a run knows: `recall.json`, one line a topic in `topics.ndjson`. Each file is replaced as a whole. */
export function writeRecall(files: Files, dataDir: string, recall: Recall, topics: Iterable<TopicRecord>): void {
  const folder = findFolder(dataDir, recall.name);
  const lines: string[] = [];
  for (const topic of topics) lines.push(recordLine(topic));
  files.writeSync(join(folder, topicsFile), lines.join(''));
  files.writeSync(join(folder, headFile), recordLine(recall));
}

/** Writes the templates of a group, as an index that can be loaded and asked. */
export function writeTemplates(files: Files, dataDir: string, { name, group, index }: { name: string; group: string; index: Json }): void {
  files.writeSync(indexFile(findFolder(dataDir, name), group), recordLine({ group, index }));
}

/** The templates of a group as they were written; null when there are none that can be read. */
export function readTemplates(files: Files, dataDir: string, name: string, group: string): Json | null {
  const found = parsed(files.readSync(indexFile(findFolder(dataDir, name), group)));
  return found?.['group'] === group ? (found['index'] ?? null) : null;
}

/** What is known of a run; null when nothing is, or it cannot be read: it is derived, and made anew by the next run. */
export function readRecall(files: Files, dataDir: string, name: string): Recall | null {
  const head = parsed(files.readSync(join(findFolder(dataDir, name), headFile)));
  return head?.['version'] === 1 && head['name'] === name ? fromSaved<Recall>(head) : null;
}

/** The topics of a run as they were written. A line that cannot be read is left out. */
export function readTopics(files: Files, dataDir: string, name: string): TopicRecord[] {
  const text = files.readSync(join(findFolder(dataDir, name), topicsFile)) ?? '';
  return text.split('\n').flatMap((line) => {
    const record = line === '' ? null : parsed(line);
    return typeof record?.['topic_id'] === 'string' && typeof record['group_id'] === 'string' ? [fromSaved<TopicRecord>(record)] : [];
  });
}

/** What tells this knowledge of a run from any other; null when nothing is known. */
export function stampRecall(files: Files, dataDir: string, name: string): string | null {
  const [head = null, topics = null] = [headFile, topicsFile].map((file) => files.readSync(join(findFolder(dataDir, name), file)));
  return head === null || topics === null ? null : createHash('sha256').update(head).update(topics).digest('hex');
}

/** The run is the one that was looked at last. */
export function touchRecall(files: Files, dataDir: string, name: string): void {
  const path = join(findFolder(dataDir, name), headFile);
  const head = files.readSync(path);
  if (head !== null) files.writeSync(path, head);
}

/** Removes what is known of the run whose state is in that folder. */
export async function forgetRecall(files: Files, stateFolder: string): Promise<void> {
  const folder = join(stateFolder, 'recall');
  for (const name of [headFile, topicsFile, readingFile]) await files.remove(join(folder, name));
  for (const below of [join(folder, 'templates'), join(stateFolder, 'analyses')])
    for (const name of await files.list(below)) await files.remove(join(below, name));
}

/** Names of the runs something is known of, the last written first. */
export async function recalls(files: Files, dataDir: string): Promise<string[]> {
  const found: { name: string; at: number }[] = [];
  for (const name of await files.list(join(dataDir, 'state'))) {
    if (!(await files.stat(join(dataDir, 'state', name)))?.isDirectory()) continue;
    const stat = await files.stat(join(findFolder(dataDir, name), headFile));
    if (stat?.isFile()) found.push({ name, at: stat.mtimeMs });
  }
  return found.toSorted((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
}

function parsed(text: string | null): JsonObject | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
