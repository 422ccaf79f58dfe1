import convict from 'convict';
import type { Json, JsonObject } from '../src/event.ts';
import { parseDuration } from './scalars.ts';
import { openSubtrees, schema, type Settings } from './schema.ts';

convict.addFormat({
  name: 'length of time',
  validate: (value: unknown) => {
    if (typeof value !== 'string' || parseDuration(value) === null) throw new Error('expected a length of time such as 30s or 5m');
  },
});
convict.addFormat({
  name: 'zone',
  validate: (value: unknown) => {
    try {
      Intl.DateTimeFormat('en', { timeZone: String(value) });
    } catch {
      throw new Error('expected UTC or an IANA time zone such as Europe/Berlin');
    }
  },
});

/** One layer of configuration: plain data and the name people know it by. */
export interface Layer {
  /** Such as `default`, a file's path, `CADUCUS_DATA_DIR`, `--config`. */
  origin: string;
  values: JsonObject;
}

export interface Layered {
  settings: Settings;
  /** Subtrees that are no keys of the schema: `collectors`, `biblicus`. */
  open: JsonObject;
  /** Which layer each dotted key came from. */
  origins: Map<string, string>;
}

/** A problem of a layer: the dotted key and what is wrong with it. */
export class LayerError extends Error {
  override readonly name = 'LayerError';
  readonly layer: Layer;
  readonly key: string;
  constructor(layer: Layer, key: string, what: string) {
    super(what);
    this.layer = layer;
    this.key = key;
  }
}

/** The layer that the environment makes. */
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
  if (at <= 0) throw new LayerError({ origin, values: {} }, assignment, 'expected key=value');
  const value = jsonOrText(assignment.slice(at + 1));
  const path = assignment.slice(0, at).split('.');
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
  const origins = new Map<string, string>(Object.keys(schema).map((key) => [key, 'default']));
  const config = convict(schema as never, { env: {}, args: [] });
  const open: JsonObject = {};
  for (const one of layers) {
    for (const [key, value] of Object.entries(one.values)) {
      if ((openSubtrees as readonly string[]).includes(key)) {
        merge(open, entry(key, value));
      } else {
        if (!Object.hasOwn(schema, key)) throw new LayerError(one, key, `unknown key "${key}"`);
        set(config as never, one, key, value);
      }
      for (const leaf of leaves(key, value)) origins.set(leaf, one.origin);
    }
  }
  return { settings: config.getProperties() as unknown as Settings, open, origins };
}

function set(config: { set(key: string, value: unknown): void; validate(options: object): void }, one: Layer, key: string, value: Json): void {
  try {
    config.set(key, value);
    config.validate({ allowed: 'strict' });
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/^[^:]*: /, '') : String(error);
    throw new LayerError(one, key, what);
  }
}

function merge(into: JsonObject, from: JsonObject): void {
  for (const [key, value] of Object.entries(from)) {
    const old = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isObject(old) && isObject(value)) merge(old, value);
    else Object.defineProperty(into, key, { value: isObject(value) ? structuredClone(value) : value, enumerable: true, writable: true, configurable: true });
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function leaves(key: string, value: Json): string[] {
  if (!isObject(value)) return [key];
  return Object.entries(value).flatMap(([name, inner]) => leaves(`${key}.${name}`, inner));
}
