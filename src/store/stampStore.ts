import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Files } from '../io.ts';
import { recordPaths, tables } from './folder.ts';
import { marksFile } from './marks.ts';
import { parseSegmentFile } from './segments/segmentName.ts';

/** Files looked at in one go, before others have their turn: some milliseconds. */
const slice = 1024;

/**
 * What tells the store of a data folder, and what people answered in it, from what it was before: a digest over the names,
 * lengths and times of all files that events lie in. Nothing is read but the marks.
 */
export async function stampStore(files: Files, dataDir: string): Promise<string> {
  const hash = createHash('sha256');
  const root = join(dataDir, 'segments');
  const folders = (await files.lstat(root))?.isDirectory() === true ? await files.list(root) : [];
  for (const group of folders) {
    const names = (await files.list(join(root, group))).filter((name) => parseSegmentFile(name) !== null);
    await addAll(
      files,
      names.map((name) => join(root, group, name)),
      hash,
    );
  }
  await addAll(files, await recordPaths(files, dataDir, tables.events), hash);
  return hash.update(files.readSync(marksFile(dataDir)) ?? '').digest('hex');
}

async function addAll(files: Files, paths: readonly string[], hash: Hash): Promise<void> {
  for (let from = 0; from < paths.length; from += slice) {
    for (const path of paths.slice(from, from + slice)) {
      const stats = files.statPlainSync(path);
      // The time of the last change of anything about it cannot be set by anyone.
      hash.update(`${path}\n${stats ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino].join(' ') : ''}\n`);
    }
    await setImmediate();
  }
}
