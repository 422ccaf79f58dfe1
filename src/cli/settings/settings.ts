import { homedir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../event.ts';
import { CaducusError, CaducusErrors, type Where } from '../../errors.ts';
import { assignmentLayer, environmentLayers, layer, LayerError, type Layer, type Layered, type Origin } from '../../../config/layers.ts';
import { openSubtrees, schema } from '../../../config/schema.ts';
import type { Io } from '../../io.ts';
import { meantOrKnown } from '../../base/text/didYouMean.ts';
import { interpolate } from '../../pipeline/interpolate.ts';
import { YamlDocument } from '../../pipeline/yamlDocument.ts';
import { toCamelCase } from '../../pipeline/keyCase.ts';
import { dotenvPath, refuseSlips } from './dotenvFile.ts';

/** Flags that every command has: those that set a key of the schema stand under its name in camel case. */
export interface GlobalFlags {
  readonly configuration?: readonly string[];
  readonly config?: readonly string[];
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly [flag: string]: unknown;
}

/** The configuration in force, and where each of its values was written. */
export interface LoadedSettings extends Layered {
  /** Line and column for what a file set, the layer's name for the rest, of a value or its key. */
  whereIs(path: readonly string[], part?: 'key' | 'value'): Where;
  /** The layers that were read, lowest first. */
  layers: readonly Layer[];
}

/**
 * The configuration in force: defaults, the user's file, the folder's file, each `--configuration`, the environment
 * (below it `.env`, whose variables `fromDotenv` names with their lines), each `--config`, then the flags.
 * Throws CaducusErrors, or a CaducusError, at the file, line and column of what cannot stand.
 */
export async function loadSettings(
  io: Io,
  flags: GlobalFlags,
  fromDotenv: ReadonlyMap<string, number> = new Map(),
): Promise<LoadedSettings> {
  const documents = new Map<Layer, YamlDocument>();
  const home = io.env['HOME'] ?? homedir();
  const paths: [path: string, required: boolean][] = [
    [join(home, '.caducus', 'config.yml'), false],
    [join('.caducus', 'config.yml'), false],
    ...(flags.configuration ?? []).map((path): [string, boolean] => [path, true]),
  ];
  const files: Layer[] = [];
  for (const [path, required] of paths) {
    const yaml = await readFile(io, path, required);
    if (yaml === null) continue;
    const one = { origin: path, values: (yaml.toData() ?? {}) as JsonObject };
    documents.set(one, yaml);
    files.push(one);
  }
  const variableAt = (name: string): Where =>
    fromDotenv.has(name) ? { file: dotenvPath, line: fromDotenv.get(name), column: 1, path: name } : { path: name };
  refuseSlips(io.env, variableAt);
  const variables = new Map<Layer, Where>();
  try {
    const environment = environmentLayers(io.env).map((one) => ({
      ...one,
      origin: fromDotenv.has(one.origin) ? `${dotenvPath} ${one.origin}` : one.origin,
      name: one.origin,
    }));
    for (const one of environment) variables.set(one, variableAt(one.name));
    const assignments = [...(flags.config ?? []), ...(flags.set ?? [])].map((text) => assignmentLayer('--config', text));
    const layers = [...files, ...environment, ...assignments, ...flagLayers(flags)];
    const layered = layer(layers);
    return {
      ...layered,
      layers,
      whereIs: (path, part = 'value') => place(findOrigin(layered.origins, path), { documents, variables }, part),
    };
  } catch (error) {
    if (error instanceof LayerError) throw inPlace(error, documents.get(error.layer), variables.get(error.layer));
    throw error;
  }
}

/** What set a path, or something inside it. */
function findOrigin(origins: Layered['origins'], path: readonly string[]): Origin {
  const key = path.join('.');
  const exact = origins.get(key);
  if (exact) return exact;
  const [, inside] = [...origins].findLast(([name]) => name.startsWith(`${key}.`)) ?? [];
  return inside ? { layer: inside.layer, path } : { layer: null, path };
}

/** Where layers come from: files, and lines of `.env` or names of the environment. */
interface Places {
  documents: ReadonlyMap<Layer, YamlDocument>;
  variables: ReadonlyMap<Layer, Where>;
}

function place({ layer: from, path }: Origin, { documents, variables }: Places, part: 'key' | 'value'): Where {
  const yaml = from && documents.get(from);
  if (!yaml) return (from && variables.get(from)) ?? { path: from ? from.origin : 'default' };
  return part === 'key' ? yaml.whereIsKey(path.slice(0, -1), path.at(-1)!) : yaml.whereIs(path);
}

/** The configuration file at a path, its variables replaced; null when there is none. */
async function readFile(io: Io, path: string, required: boolean): Promise<YamlDocument | null> {
  const stat = await io.files.stat(path);
  if (!stat && !required) return null;
  if (!stat) throw new CaducusError('CAD010', { file: path }, 'configuration file not found');
  if (!stat.isFile()) throw new CaducusError('CAD011', { file: path }, 'is not a file');
  const yaml = new YamlDocument(path, await io.files.readText(path));
  const problems = interpolate(yaml, { env: io.env, config: () => undefined, lookedIn: `environment, ./${dotenvPath}` });
  if (problems.length > 0) throw new CaducusErrors(problems);
  const data = yaml.toData() ?? {};
  if (typeof data !== 'object' || Array.isArray(data)) throw new CaducusError('CAD020', yaml.whereIs([]), 'expected keys and values');
  return yaml;
}

/** The layers of the flags that set a key of the schema, such as `--data-dir`. */
function flagLayers(flags: GlobalFlags): Layer[] {
  return Object.entries(schema).flatMap(([key, { arg }]) => {
    const value = flags[toCamelCase(key)];
    return value === undefined ? [] : [{ origin: `--${arg}`, values: { [key]: value } as JsonObject }];
  });
}

/** Whether an origin is the flag of a key, which says its name already. */
const isFlagFor = (key: string, origin: string): boolean => key in schema && origin === `--${schema[key as keyof typeof schema].arg}`;

function inPlace(
  { layer: { origin }, path, message, unknown }: LayerError,
  yaml: YamlDocument | undefined,
  variable: Where | undefined,
): CaducusError {
  const known = [...Object.keys(schema), ...openSubtrees];
  const key = path.at(-1)!;
  const where = yaml
    ? unknown
      ? yaml.whereIsKey(path.slice(0, -1), key)
      : yaml.whereIs(path)
    : { ...variable, path: isFlagFor(key, origin) ? origin : `${variable?.path ?? origin} ${path.join('.')}` };
  return new CaducusError('CAD020', where, message, unknown ? { hint: meantOrKnown(key, known, 'keys') } : {});
}
