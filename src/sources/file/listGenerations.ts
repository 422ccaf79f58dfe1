import { basename, dirname, join } from 'node:path';
import { groupedBy } from '../../base/groupedBy.ts';
import type { Files } from '../../io.ts';
import { mayBeRotated } from './rotatedName.ts';
import { byGeneration, isBetween, logicalPath } from './rotation.ts';

/** Folders below that of a log in which rotation may put files, at most: a folder of thousands is no archive. */
const mostFolders = 64;

/**
 * Paths that are named like generations of a log, in the folders of those that are known of it and right below them; each
 * with whether only its likeness is evidence for it (`maybe`), since another log may be called so.
 */
export async function listGenerations(files: Files, paths: readonly string[], chain: string): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  for (const [folder, there] of groupedBy(paths, dirname)) {
    const isLikeness = (path: string) => logicalPath(path) !== chain && mayBeRotated(path, chain);
    const own = there.filter((path) => !isLikeness(path)).map((path) => basename(logicalPath(path)));
    const logical = [...new Set(own)].toSorted(byGeneration);
    const names = await files.list(folder);
    for (const name of names) {
      const log = logicalPath(name);
      if (logical.includes(log) || (logical.length > 1 && isBetween(log, logical[0]!, logical.at(-1)!)))
        found.set(join(folder, name), false);
      else if (mayBeRotated(name, chain)) found.set(join(folder, name), true);
    }
    for (const below of await foldersIn(files, folder, names))
      for (const name of await files.list(below)) if (mayBeRotated(name, chain)) found.set(join(below, name), true);
  }
  return found;
}

async function foldersIn(files: Files, folder: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if ((await files.stat(path))?.isDirectory()) found.push(path);
    if (found.length > mostFolders) return [];
  }
  return found;
}
