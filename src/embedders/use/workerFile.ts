import { fileURLToPath } from 'node:url';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import { threadFile } from '../../io/threadFile.ts';

/**
 * Where the thread's module lies, seen from the module that starts it: beside it in the sources and in the built
 * library; in the built library next door when the starting module was bundled into dist/bin.
 */
const candidates = ['./worker.js', '../src/embedders/use/worker.js'];

/** Address of the thread's module. `from` is the address of the asking module. Throws CAD084 when the package is incomplete. */
export async function workerFile(files: Files, from: string = import.meta.url): Promise<URL> {
  const file = await threadFile(files, from, new URL('./worker.ts', from), candidates);
  if (file) return file;
  throw new CaducusError('CAD084', { file: fileURLToPath(from) }, "the encoder's worker.js is missing from this installation");
}
