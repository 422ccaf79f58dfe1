import { mkdirSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const readCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/**
 * Makes a folder and those above it that are missing; one that is there already is no error. Rejects with the system's
 * error. Node's own `recursive` goes round for ever where the system denies that a folder is there which it just refused
 * to make, as in /proc.
 */
export async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (readCode(error) === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(dirname(path), mode);
      await mkdir(path, { mode }).catch(async (second: unknown) => {
        if (!(await isFolder(path))) throw second;
      });
    } else if (!(await isFolder(path))) throw error;
  }
}

/** The same at once, for what must be written before the process ends. */
export function makeFolderSync(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (readCode(error) === 'EEXIST') return;
    if (readCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolderSync(dirname(path), mode);
    mkdirSync(path, { mode });
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
