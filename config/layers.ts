import convict from 'convict';
import type { Json, JsonObject } from '../src/event.ts';
import { teachFormats } from './formats.ts';
import { readSchemaKeys } from './memorySettings.ts';
import { openSubtrees, schema, type Settings } from './schema.ts';

/** One layer of configuration: plain data and the name people know it by. */
export interface Layer {
  /** Such as a file's path, `CADUCUS_DATA_DIR`, `--config`. */
  origin: string;
  values: JsonObject;
}

/** What set a key: the layer, and the path inside it. */
export interface Origin {
  layer: Layer | null;
  path: readonly string[];
}

export interface Layered {
  settings: Settings;
  /** Subtrees that are no keys of the schema: `collectors`, `guesses`, `biblicus`. */
  open: JsonObject;
  /** What set each dotted key; a null layer is the default. */
  origins: Map<string, Origin>;
}

/** A problem of a layer: the dotted key and what is wrong with it. */
export class LayerError extends Error {
  override readonly name = 'LayerError';
  readonly layer: Layer;
  readonly path: readonly string[];
  /** Whether there is no such key at all. */
  readonly unknown: boolean;
  constructor(layer: Layer, path: readonly string[], what: string, { unknown = false } = {}) {
    super(what);
    this.layer = layer;
    this.path = path;
    this.unknown = unknown;
  }
}

/** The layers that the environment makes, one a variable, so that each can be named as an origin. */
export function environmentLayers(env: Readonly<Record<string, string | undefined>>): Layer[] {
  return Object.entries(schema).flatMap(([key, { env: name }]) => {
    const value = env[name];
    return value === undefined ? [] : [{ origin: name, values: { [key]: value } }];
  });
}

/**
 * A layer from `--config a.b=c`. Values are read as JSON where they are JSON, else as text. Throws a LayerError when
 * there is no `=`.
 */
export function assignmentLayer(origin: string, assignment: string): Layer {
  const at = assignment.indexOf('=');
  if (at <= 0) throw new LayerError({ origin, values: {} }, [assignment], 'expected key=value');
  const value = jsonOrText(assignment.slice(at + 1));
  const path = assignment.slice(0, at).split('.');
  if (path.includes('')) throw new LayerError({ origin, values: {} }, [assignment], 'expected names with single dots between them');
  const values = path.reduceRight<Json>((inner, name) => entry(name, inner), value) as JsonObject;
  return { origin, values };
}

const entry = (name: string, value: Json): JsonObject => Object.fromEntries([[name, value]]) as JsonObject;

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Lays the layers over the defaults, later ones winning. Throws a LayerError for the first key that cannot stand. */
export function layer(layers: readonly Layer[]): Layered {
  teachFormats();
  const origins = new Map<string, Origin>(Object.keys(schema).map((key) => [key, { layer: null, path: [key] }]));
  const config = convict(schema, { env: {}, args: [] }) as Config;
  const open: JsonObject = {};
  for (const one of layers) {
    for (const [key, value] of Object.entries(one.values)) {
      if ((openSubtrees as readonly string[]).includes(key)) takeOpen(open, origins, one, key, value);
      else set(config, origins, one, { key, path: [key], value });
    }
    for (const through of readSchemaKeys(one.values)) set(config, origins, one, through);
  }
  return { settings: config.getProperties() as Settings, open, origins };
}

interface Config {
  set(key: string, value: unknown): void;
  validate(options: object): void;
  getProperties(): unknown;
}

function takeOpen(open: JsonObject, origins: Map<string, Origin>, one: Layer, key: string, value: Json): void {
  if (!isObject(value) && value !== null) throw new LayerError(one, [key], `"${key}" holds keys and values`);
  merge(open, entry(key, value));
  for (const path of leaves([key], value)) origins.set(path.join('.'), { layer: one, path });
}

function set(
  config: Config,
  origins: Map<string, Origin>,
  one: Layer,
  { key, path, value }: { key: string; path: readonly string[]; value: Json },
): void {
  if (!Object.hasOwn(schema, key)) throw new LayerError(one, path, `unknown key "${key}"`, { unknown: true });
  if (isObject(value)) throw new LayerError(one, path, `"${key}" holds one value, not keys of its own`);
  try {
    config.set(key, value);
    config.validate({ allowed: 'strict' });
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/^[^:]*: /, '') : String(error);
    throw new LayerError(one, path, what);
  }
  origins.set(key, { layer: one, path });
}

function merge(into: JsonObject, from: JsonObject): void {
  for (const [key, value] of Object.entries(from)) {
    const old = Object.hasOwn(into, key) ? into[key] : undefined;
    const next = isObject(old) && isObject(value) ? old : structuredClone(value);
    if (isObject(old) && isObject(value)) merge(old, value);
    else Object.defineProperty(into, key, { value: next, enumerable: true, writable: true, configurable: true });
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths of the values inside a value; lists and empty objects are values. */
function leaves(path: readonly string[], value: Json): (readonly string[])[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves([...path, name], inner));
}
