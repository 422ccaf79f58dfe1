import { dirname, join, resolve } from 'node:path';
import { isObject } from '../../base/isObject.ts';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import type { PackageVerbs } from '../registry.ts';

/** An installed package that adds to what a pipeline file can name. */
export interface FoundPackage extends PackageVerbs {
  /** The folder whose `node_modules` it lies in. */
  from: string;
  /** Its package.json. */
  file: string;
}

const lists = ['sources', 'operators', 'sinks', 'engines'] as const;

/**
 * The packages called `caducus-...`, with a scope or without, in the `node_modules` of these folders and of those above
 * them, that say under `caducus` in their package.json what they add. Of one name the first that is found counts, as for
 * Node. Throws CAD020 for a package.json that cannot be read.
 */
export async function findPackages(files: Files, folders: readonly string[]): Promise<FoundPackage[]> {
  const found = new Map<string, FoundPackage>();
  const seen = new Set<string>();
  for (const start of folders) {
    for (let folder = resolve(start); !seen.has(folder); folder = dirname(folder)) {
      seen.add(folder);
      for (const name of await listNames(files, join(folder, 'node_modules'))) {
        const one = found.has(name) ? null : await readPackage(files, folder, name);
        if (one) found.set(name, one);
      }
    }
  }
  return [...found.values()];
}

async function listNames(files: Files, modules: string): Promise<string[]> {
  const all = await files.list(modules);
  const scopes = all.filter((name) => name.startsWith('@'));
  const scoped = await Promise.all(scopes.map(async (scope) => (await files.list(join(modules, scope))).map((name) => `${scope}/${name}`)));
  return [...all, ...scoped.flat()].filter((name) => /^(?:@[^/]+\/)?caducus-/.test(name));
}

/** null for a package that adds nothing. */
async function readPackage(files: Files, from: string, name: string): Promise<FoundPackage | null> {
  const file = join(from, 'node_modules', name, 'package.json');
  if (!(await files.stat(file))) return null;
  const adds = readAdds(await files.readText(file), file);
  if (adds === null) return null;
  const verbs = Object.fromEntries(lists.map((list) => [list, readList(adds[list], file, list)]));
  return { name, from, file, ...verbs };
}

function readAdds(text: string, file: string): Record<string, unknown> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new CaducusError('CAD020', { file }, 'is no JSON', { cause, hint: 'Install the package anew.' });
  }
  const { caducus } = isObject(parsed) ? parsed : {};
  return isObject(caducus) ? caducus : null;
}

function readList(list: unknown, file: string, name: string): string[] {
  if (list === undefined) return [];
  if (Array.isArray(list) && list.every((verb): verb is string => typeof verb === 'string')) return list;
  throw new CaducusError('CAD020', { file, path: `caducus.${name}` }, 'expected a list of names', {
    hint: 'What a pipeline file can name of the package, such as "sources": ["pulse"].',
  });
}
