import { fileURLToPath } from 'node:url';
import type { Files } from '../io.ts';

/**
 * Run from the sources, the main thread has tsx for the types, and a new thread has nothing: this module of two lines
 * gives it tsx first. tsx is there, or the main thread would not be.
 */
function typed({ href }: URL): URL {
  const thread = JSON.stringify(href);
  const code = `import { register } from 'node:module'; register('tsx/esm', ${thread}, { data: true }); await import(${thread});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/**
 * Address of the module that a thread runs: `source` where the module that starts it (`from`) is run from the sources, else the
 * first of the candidates that is there, seen from that. Null when none is: the installation is incomplete.
 */
export async function threadFile(files: Files, from: string, source: URL, candidates: readonly string[]): Promise<URL | null> {
  if (from.endsWith('.ts')) return typed(source);
  for (const candidate of candidates) {
    const url = new URL(candidate, from);
    if (await files.stat(fileURLToPath(url))) return url;
  }
  return null;
}
