import { dirname, join } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Files } from '../io.ts';

/**
 * Throws CAD011 when a folder of state, the one it lies in, or anything right in it is a symbolic link: what is written
 * would go wherever somebody has pointed it.
 */
export async function refuseLinks(files: Files, folder: string): Promise<void> {
  const names = await files.list(folder);
  for (const path of [dirname(folder), folder, ...names.map((name) => join(folder, name))]) {
    if ((await files.lstat(path))?.isSymbolicLink()) {
      throw new CaducusError('CAD011', { file: path }, 'is a symbolic link', {
        hint: 'Remove it: the state of the pipeline would be written elsewhere. --data-dir may be a link.',
      });
    }
  }
}
