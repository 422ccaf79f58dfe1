import type { Files } from '../../io.ts';

/** The lines of a file of JSON as values; one that a crash tore is passed over. Empty where there is no file. */
export async function readStoredLines(files: Files, path: string): Promise<unknown[]> {
  if ((await files.stat(path)) === null) return [];
  return (await files.readText(path)).split('\n').flatMap((line): unknown[] => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
