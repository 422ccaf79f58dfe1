import type { Files } from '../../io.ts';

const isPattern = (text: string) => /[*?]/.test(text);

/** Whether a path names several files. */
export const isGlob = isPattern;

/**
 * Whether a name matches a pattern of `*` and `?`. Linear: on a mismatch only the last star takes one more character.
 */
export function matchesName(name: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      starAt = at;
    } else if (pattern[p] === '?' || pattern[p] === name[at]) {
      p += 1;
      at += 1;
    } else if (star >= 0) {
      p = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Deeper folders are not searched, so that a loop of links ends. */
const maxDepth = 32;

/**
 * The files that match a glob, unsorted: `*` and `?` within a name, `**` for any folders. Names that begin with a dot only
 * match when the pattern's does.
 */
export async function expandGlob(files: Files, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  const join = (folder: string, name: string) => (folder === '' ? name : folder.endsWith('/') ? folder + name : `${folder}/${name}`);
  const isFolder = async (path: string) => (await files.stat(path))?.isDirectory() ?? false;

  async function walk(folder: string, parts: readonly string[], depth: number): Promise<void> {
    const [part, ...rest] = parts;
    if (part === undefined || depth > maxDepth) return;
    if (part === '**') {
      await walk(folder, rest.length === 0 ? ['*'] : rest, depth);
      for (const name of await files.list(folder || '.')) {
        const path = join(folder, name);
        if (!name.startsWith('.') && (await isFolder(path))) await walk(path, parts, depth + 1);
      }
      return;
    }
    const names = isPattern(part)
      ? (await files.list(folder || '.')).filter((name) => matchesName(name, part) && (!name.startsWith('.') || part.startsWith('.')))
      : [part];
    for (const name of names) {
      const path = join(folder, name);
      if (rest.length > 0) {
        if (await isFolder(path)) await walk(path, rest, depth + 1);
      } else if ((await files.stat(path))?.isFile()) found.add(path);
    }
  }

  const absolute = pattern.startsWith('/');
  await walk(
    absolute ? '/' : '',
    pattern.split('/').filter((part) => part !== ''),
    0,
  );
  return [...found];
}
