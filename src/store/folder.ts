import { withoutSchema, withSchema } from '../base/recordText.ts';
import { join } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { JsonObject } from '../event.ts';
import { writeAll, type Files } from '../io.ts';
import { inLanes } from './inLanes.ts';
import { encodeName } from './encodeName.ts';

/** A folder of records: `<primary key>.json` each, the whole record with its key inside, no other `.json` beside them. */
export interface FolderTable {
  /** Below the data folder. */
  path: string;
  /** Field that holds the primary key. */
  key: string;
}

export const tables = {
  events: { path: 'events', key: 'id' },
  topics: { path: 'analysis/topics', key: 'topic_id' },
  runs: { path: 'analysis/runs', key: 'run_id' },
} as const satisfies Record<string, FolderTable>;

/** Two blanks of indent: these files are read by people too. */
const encodeBytes = (record: object) => Buffer.from(`${JSON.stringify(withSchema(record), null, 2)}\n`);

/** Where a record of that key lies. */
export function recordPath(dataDir: string, table: FolderTable, key: string): string {
  return join(dataDir, table.path, `${encodeName(key)}.json`);
}

/**
 * Makes the table's folder. Throws CAD011 when something in its place is a symbolic link: what is written there would
 * land outside the data folder.
 */
export async function makeTable(files: Files, dataDir: string, table: FolderTable): Promise<void> {
  await files.makeFolder(join(dataDir, table.path));
  const parts = table.path.split('/');
  for (const [depth] of parts.entries()) {
    const folder = join(dataDir, ...parts.slice(0, depth + 1));
    if ((await files.lstat(folder))?.isSymbolicLink()) {
      throw new CaducusError('CAD011', { file: folder }, 'is a symbolic link', { hint: 'Put a folder in its place.' });
    }
  }
}

/**
 * Writes a record under its key, atomically: a reader sees the old one, the new one or none. The table must have been
 * made. Returns false when a record of the same key and bytes was there already, and then leaves it alone.
 */
export async function writeRecord(files: Files, dataDir: string, table: FolderTable, record: object): Promise<boolean> {
  const key: unknown = Reflect.get(record, table.key);
  if (typeof key !== 'string') throw new CaducusError('CAD011', { path: table.path }, `a record without ${table.key}`);
  const path = recordPath(dataDir, table, key);
  const bytes = encodeBytes(record);
  const there = await files.lstat(path);
  if (there?.isFile() && there.size === bytes.length && bytes.equals(await files.readBytes(path))) return false;
  await replaceRecord(files, path, bytes);
  return true;
}

/** Through a temporary name that a reader of the table does not take for a record. */
async function replaceRecord(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  // What a crash left goes first; then `wx`, which never writes through a link that somebody laid there.
  const file = await files.open(temporary, 'wx').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    await files.remove(temporary);
    return files.open(temporary, 'wx');
  });
  try {
    await writeAll(file, bytes);
  } finally {
    await file.close();
  }
  await files.rename(temporary, path);
}

/** The record of that key; null when there is none. Throws a SyntaxError when the file is not JSON. */
export async function readRecord(files: Files, dataDir: string, table: FolderTable, key: string): Promise<JsonObject | null> {
  const path = recordPath(dataDir, table, key);
  if (!(await files.lstat(path))?.isFile()) return null;
  return withoutSchema(JSON.parse(await files.readText(path)) as JsonObject);
}

/** Paths of the table's records, in name order; links and temporary files are left out by the caller's `lstat`. */
export async function recordPaths(files: Files, dataDir: string, table: FolderTable): Promise<string[]> {
  const folder = join(dataDir, table.path);
  const names = await files.list(folder);
  return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).map((name) => join(folder, name));
}

/** Makes written records survive a power cut: each file, then the folder that names them. */
export async function syncRecords(files: Files, paths: Iterable<string>, folder: string): Promise<void> {
  // Side by side: a file system writes its journal once for several that wait.
  await inLanes(paths, async (path) => {
    const file = await files.open(path, 'r+');
    await file.sync().finally(() => file.close());
  });
  await files.syncFolder(folder);
}
