import type { Files } from '../../io.ts';
import { fingerprint } from './fileState.ts';
import { DamagedGzip, isGzip } from './openBytes.ts';
import { uncompressedPath } from './rotation.ts';

/** Whether a compressed file is being made of the plain one of the same name, which is still there and begins alike. */
export async function isCompressedTwin(files: Files, path: string): Promise<boolean> {
  const twin = uncompressedPath(path);
  if (twin === path || !(await files.stat(twin))?.isFile() || (await isGzip(files, twin))) return false;
  const of = await fingerprint(files, twin, false);
  try {
    const own = await fingerprint(files, path, true, of.bytes);
    return own.bytes === of.bytes && own.hash === of.hash;
  } catch (error) {
    // Too little of it is there to tell.
    if (error instanceof DamagedGzip) return true;
    throw error;
  }
}
