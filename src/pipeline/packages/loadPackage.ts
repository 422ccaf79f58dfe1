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
  const { sources = [], operators = [], sinks = [], engines = [] } = adds;
  const lists = { sources, operators, sinks };
  for (const kind of kinds) {
    const absent = found[`${kind}s` as const]?.find((verb) => !verbs(lists, kind).includes(verb));
    if (absent !== undefined) throw missing(found, kind, absent);
  }
  const lacking = found.engines?.find((scheme) => !engines.some((engine) => engine.name === scheme));
  if (lacking !== undefined) throw missing(found, 'engine', lacking);
  return { ...lists, engines };
}

const missing = ({ file, name }: FoundPackage, kind: Kind | 'engine', verb: string): CaducusError =>
  new CaducusError('CAD020', { file, path: `caducus.${kind}s` }, `${name} exports no ${kind} "${verb}"`, {
    hint: `Its module exports a list called ${kind}s; this one is not in it.`,
  });
