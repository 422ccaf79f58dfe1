import { dirname, resolve } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Files } from '../io.ts';

/**
 * Whether something could be written at a path: it, or the nearest folder above it that is there, may be written.
 * Nothing is created. Throws CAD011 when not.
 */
export async function writablePlace(files: Files, path: string): Promise<string> {
  // "Not a folder" means that something above it is a file: the file is found on the way up.
  const readStat = (at: string) =>
    files.stat(at).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOTDIR' ? null : Promise.reject(error)));
  let at = resolve(path);
  while (!(await readStat(at)) && dirname(at) !== at) at = dirname(at);
  const stat = await readStat(at);
  if (at !== resolve(path) && !stat?.isDirectory()) throw new CaducusError('CAD011', { file: path }, `${at} is no folder`);
  if (!(await files.writable(at))) throw new CaducusError('CAD011', { file: path }, `${at} may not be written`);
  return at === resolve(path) ? `${path} can be written` : `${path} can be made`;
}
