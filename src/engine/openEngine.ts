import { dirname } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Files } from '../io.ts';
import { findPackages } from '../pipeline/packages/findPackages.ts';
import { loadPackage } from '../pipeline/packages/loadPackage.ts';
import { findFolders } from '../pipeline/packages/withPackages.ts';
import type { Registry } from '../pipeline/registry.ts';
import type { Engine, Transport, TransportOptions } from './transport.ts';

/**
 * Opens the engine at an address such as `nats://host:4222`: one of the registry, or of a package that is installed, which is
 * looked for from the folder of the pipeline's file on. Throws CAD002 for what is no address, and CAD016, with what to install,
 * where no engine is known by its scheme.
 */
export async function openEngine(
  url: string,
  options: TransportOptions,
  { registry, files, file }: { registry: Registry; files: Files; file: string },
): Promise<Transport> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/./i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined)
    throw new CaducusError('CAD002', {}, `--engine "${url}" is no address`, { hint: 'Such as --engine nats://localhost:4222.' });
  const engine = find(registry, scheme) ?? (await findInstalled(scheme, files, file));
  if (engine) return engine.open(url, options);
  const need = registry.packages?.find(({ engines }) => engines?.includes(scheme))?.name;
  const known = (registry.packages ?? []).flatMap(({ engines = [] }) => engines);
  throw new CaducusError('CAD016', {}, need ? `--engine ${scheme}:// needs ${need}: npm install ${need}` : `no engine "${scheme}"`, {
    hint: need ? `npm install ${need}, beside the pipeline file or where caducus is installed.` : `There are ${known.join(', ')}.`,
  });
}

const find = ({ engines = [] }: Partial<Registry>, scheme: string): Engine | undefined =>
  (engines as readonly Engine[]).find(({ name }) => name === scheme);

async function findInstalled(scheme: string, files: Files, file: string): Promise<Engine | undefined> {
  const found = (await findPackages(files, findFolders(dirname(file)))).find(({ engines }) => engines?.includes(scheme));
  return found && find(await loadPackage(found), scheme);
}
