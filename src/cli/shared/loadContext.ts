import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CaducusError } from '../../errors.ts';
import { fieldAt } from '../../../config/scalars.ts';
import { builtins } from '../../pipeline/builtins.ts';
import type { LoadContext } from '../../pipeline/load.ts';
import { extend, type Registry } from '../../pipeline/registry.ts';
import type { CliContext } from './context.ts';

export interface LoadFlags {
  require?: readonly string[];
}

/** What a pipeline file is read with: the registry with what `--require` adds, the environment, the configuration. */
export async function loadContext({ require: modules = [] }: LoadFlags, { io, layered }: CliContext): Promise<LoadContext> {
  let registry: Registry = builtins;
  for (const path of modules) registry = extend(registry, await moduleAt(path));
  const config = (path: string) => {
    const value = fieldAt({ ...layered.open, ...layered.settings }, path);
    return value === undefined || value === null || typeof value === 'object' ? undefined : String(value as string | number | boolean);
  };
  return { registry, variables: { env: io.env, config, lookedIn: 'environment, ./.env' } };
}

async function moduleAt(path: string): Promise<Partial<Registry>> {
  const wanted = /^[./]/.test(path) ? pathToFileURL(resolve(path)).href : path;
  try {
    return (await import(wanted)) as Partial<Registry>;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new CaducusError('CAD020', { path: '--require' }, `cannot load ${path}: ${what}`, {
      cause,
      hint: isTypeScript(cause)
        ? 'This Node reads no TypeScript: set NODE_OPTIONS=--import=tsx, take Node 22.18 or later, or give the built module.'
        : 'The module exports lists called sources, operators, sinks or embedders, or a function vectorStore.',
    });
  }
}

const isTypeScript = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts\b/.test(error.message);
