import { fileURLToPath } from 'node:url';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';

/**
 * Where the thread's module lies, seen from the module that starts it: beside it in the sources and in the built
 * library; in the built library next door when the starting module was bundled into dist/bin.
 */
const candidates = ['./worker.js', '../src/embedders/use/worker.js'];

/**
 * Run from the sources, the main thread has tsx for the types, and a new thread has nothing: this module of two lines
 * gives it tsx first. tsx is there, or the main thread would not be.
 */
function typed({ href }: URL): URL {
  const worker = JSON.stringify(href);
  const code = `import { register } from 'node:module'; register('tsx/esm', ${worker}, { data: true }); await import(${worker});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** Address of the thread's module. `from` is the address of the asking module. Throws CAD084 when the package is incomplete. */
export async function workerFile(files: Files, from: string = import.meta.url): Promise<URL> {
  if (from.endsWith('.ts')) return typed(new URL('./worker.ts', from));
  for (const candidate of candidates) {
    const url = new URL(candidate, from);
    if (await files.stat(fileURLToPath(url))) return url;
  }
  throw new CaducusError('CAD084', { file: fileURLToPath(from) }, "the encoder's worker.js is missing from this installation");
}
