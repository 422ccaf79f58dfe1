import { homedir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../event.ts';
import { CaducusError } from '../errors.ts';
import { assignmentLayer, environmentLayers, layer, LayerError, type Layer, type Layered } from '../../config/layers.ts';
import { openSubtrees, schema } from '../../config/schema.ts';
import type { Io } from '../io.ts';
import { didYouMean } from '../pipeline/didYouMean.ts';
import { interpolate } from '../pipeline/interpolate.ts';
import { YamlDocument } from '../pipeline/yamlDocument.ts';

/** Flags that every command has. */
export interface GlobalFlags {
  configuration?: string[];
  config?: string[];
  dataDir?: string;
  timeZone?: string;
  ascii?: boolean;
}

/**
 * The configuration in force: defaults, the user's file, the folder's file, each `--configuration`, the environment,
 * each `--config`, then the flags. Throws a CaducusError at the file, line and column of what cannot stand.
 */
export async function loadSettings(io: Io, flags: GlobalFlags): Promise<Layered> {
  const documents = new Map<Layer, YamlDocument>();
  const read = async (path: string, required: boolean): Promise<Layer[]> => {
    const text = (await io.files.stat(path)) ? await io.files.readText(path) : null;
    if (text === null) {
      if (required) throw new CaducusError('CAD010', { file: path }, 'configuration file not found');
      return [];
    }
    const yaml = new YamlDocument(path, text);
    const problems = interpolate(yaml, { env: io.env, config: () => undefined });
    if (problems[0]) throw problems[0];
    const data = yaml.toData() ?? {};
    if (typeof data !== 'object' || Array.isArray(data)) throw new CaducusError('CAD020', yaml.whereIs([]), 'expected keys and values');
    const one = { origin: path, values: withMemoryFolder(data as JsonObject) };
    documents.set(one, yaml);
    return [one];
  };
  const home = io.env['HOME'] ?? homedir();
  const files = [
    ...(await read(join(home, '.caducus', 'config.yml'), false)),
    ...(await read(join('.caducus', 'config.yml'), false)),
  ];
  for (const path of flags.configuration ?? []) files.push(...(await read(path, true)));
  const direct: [string, unknown, string][] = [
    ['--data-dir', flags.dataDir, 'data_dir'],
    ['--time-zone', flags.timeZone, 'time_zone'],
    ['--ascii', flags.ascii, 'ascii'],
  ];
  try {
    return layer([
      ...files,
      ...environmentLayers(io.env),
      ...(flags.config ?? []).map((text) => assignmentLayer('--config', text)),
      ...direct.filter(([, value]) => value !== undefined).map(([origin, value, key]) => ({ origin, values: { [key]: value } as JsonObject })),
    ]);
  } catch (error) {
    if (error instanceof LayerError) throw inPlace(error, documents.get(error.layer));
    throw error;
  }
}

/** `biblicus.reinforcement_memory.data_dir` names the data folder too, unless `data_dir` does. */
function withMemoryFolder(values: JsonObject): JsonObject {
  const memory = (values['biblicus'] as JsonObject | undefined)?.['reinforcement_memory'] as JsonObject | undefined;
  const folder = memory?.['data_dir'];
  return typeof folder === 'string' && values['data_dir'] === undefined ? { ...values, data_dir: folder } : values;
}

function inPlace(error: LayerError, yaml: YamlDocument | undefined): CaducusError {
  const known = [...Object.keys(schema), ...openSubtrees];
  const meant = error.message.startsWith('unknown key') ? didYouMean(error.key, known) : null;
  const hint = meant ? `did you mean "${meant}"?` : `keys: ${known.join(', ')}`;
  const unknown = error.message.startsWith('unknown key');
  const where = yaml ? (unknown ? yaml.whereIsKey([], error.key) : yaml.whereIs([error.key])) : { path: `${error.layer.origin} ${error.key}` };
  return new CaducusError('CAD020', where, error.message, unknown ? { hint } : {});
}
