import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { LoadContext } from '../load.ts';
import { extend, type Kind, type Registry } from '../registry.ts';
import { findPackages, type FoundPackage } from './findPackages.ts';
import { loadPackage } from './loadPackage.ts';

interface Verb {
  kind: Kind;
  verb: string;
}

type Reading = Pick<LoadContext, 'registry' | 'unknown'>;

/** Where packages are looked for: by the file that names them, where the program was started, and where it is installed. */
export const findFolders = (folder: string): string[] => [folder, '.', dirname(fileURLToPath(import.meta.url))];

/**
 * Reads with what the registry has. Where something is named that it has not, the packages that add it are looked for from
 * the folder of the file on, loaded, and it is read once more with them. `read` tells `unknown` of each name.
 * Throws what `read` throws, and CAD020 for a package that cannot be loaded.
 */
export async function withPackages<Context extends Reading, T>(
  context: Context,
  folder: string,
  { files }: Pick<Io, 'files'>,
  read: (context: Context) => T,
): Promise<T> {
  const unknown: Verb[] = [];
  try {
    return read({ ...context, unknown: (kind: Kind, verb: string) => void unknown.push({ kind, verb }) });
  } catch (error) {
    if (unknown.length === 0) throw error;
    const needed = (await findPackages(files, findFolders(folder))).filter((found) => unknown.some((one) => adds(found, one)));
    if (needed.length === 0) throw error;
    let { registry } = context;
    for (const found of needed) registry = extend(registry, await loadPackage(found));
    return read({ ...context, registry });
  }
}

const adds = (found: FoundPackage, { kind, verb }: Verb): boolean => found[`${kind}s` as const]?.includes(verb) === true;

/** The registry with all packages that are installed, and the failures of those that cannot be loaded. */
export async function withInstalled(
  registry: Registry,
  { files }: Pick<Io, 'files'>,
): Promise<{ registry: Registry; failed: CaducusError[] }> {
  const failed: CaducusError[] = [];
  let all = registry;
  for (const found of await findPackages(files, findFolders('.'))) {
    try {
      all = extend(all, await loadPackage(found));
    } catch (error) {
      if (!(error instanceof CaducusError)) throw error;
      failed.push(error);
    }
  }
  return { registry: all, failed };
}
