import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CaducusError } from '../../errors.ts';
import { verbs, type Kind, type Registry } from '../registry.ts';
import type { FoundPackage } from './findPackages.ts';

const kinds: readonly Kind[] = ['source', 'operator', 'sink'];

/** What a package adds. Throws CAD020 when it cannot be loaded, or does not export what its package.json names. */
export async function loadPackage(found: FoundPackage): Promise<Partial<Registry>> {
  const { name, from, file } = found;
  let adds: Partial<Registry>;
  try {
    const address = pathToFileURL(createRequire(join(from, 'package.json')).resolve(name)).href;
    adds = (await import(address)) as Partial<Registry>;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new CaducusError('CAD020', { file }, `cannot load ${name}: ${what}`, { cause, hint: `Install it anew: npm install ${name}` });
  }
  const { sources = [], operators = [], sinks = [] } = adds;
  const lists = { sources, operators, sinks };
  for (const kind of kinds) {
    const missing = found[`${kind}s` as const]?.find((verb) => !verbs(lists, kind).includes(verb));
    if (missing !== undefined)
      throw new CaducusError('CAD020', { file, path: `caducus.${kind}s` }, `${name} exports no ${kind} "${missing}"`, {
        hint: `Its module exports a list called ${kind}s; this one is not in it.`,
      });
  }
  return lists;
}
