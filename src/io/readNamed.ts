import { CaducusError } from '../errors.ts';
import type { Files } from '../io.ts';

/** The text of a file that an option names. `path` is the place of the option. Throws CAD011 when it cannot be read. */
export function readNamed(files: Pick<Files, 'readText'>, file: string, path: string): Promise<string> {
  return files.readText(file).catch((cause: unknown) => {
    throw new CaducusError('CAD011', { path }, `cannot read ${file}`, { cause });
  });
}

/** A secret as it is given, or what its file holds, trimmed; null where there is neither. Throws CAD011 when the file cannot be read. */
export async function readSecret(
  files: Pick<Files, 'readText'>,
  given: string | undefined,
  file: string | undefined,
  path: string,
): Promise<string | null> {
  if (given !== undefined || file === undefined) return given ?? null;
  return (await readNamed(files, file, path)).trim();
}
