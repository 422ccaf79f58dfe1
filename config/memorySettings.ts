import type { Json, JsonObject } from '../src/event.ts';

/**
 * What the `biblicus.reinforcement_memory` subtree sets. `data_dir` and `vector_store.path` name folders of this
 * program; the others are handed on as they stand, to whatever part asks for them.
 */
export interface MemorySettings {
  embed?: Json;
  label?: Json;
  inferCause?: Json;
  synthesizeCause?: Json;
}

/** Keys of the subtree that set a key of the schema: dotted path below `reinforcement_memory`, key of the schema. */
const mapped: readonly (readonly [path: readonly string[], key: string])[] = [
  [['data_dir'], 'data_dir'],
  [['vector_store', 'path'], 'vectors_dir'],
];

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function at(tree: Json | undefined, path: readonly string[]): Json | undefined {
  let value = tree;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** Where the subtree lies. */
export const memoryPath = ['biblicus', 'reinforcement_memory'] as const;

/**
 * Keys of the schema that a layer sets by way of the subtree, each with the path that set it. A key that the same layer
 * also sets directly wins over it.
 */
export function readSchemaKeys(values: JsonObject): { key: string; path: string[]; value: Json }[] {
  const subtree = at(values, memoryPath);
  return mapped.flatMap(([path, key]) => {
    const value = at(subtree, path);
    return value === undefined || Object.hasOwn(values, key) ? [] : [{ key, path: [...memoryPath, ...path], value }];
  });
}

/** The settings of the subtree that are no folders. Keys it does not know are left alone: they are somebody else's. */
export function memorySettings(open: JsonObject): MemorySettings {
  const subtree = at(open, memoryPath);
  const of = (key: string) => at(subtree, [key]);
  const given = { embed: of('embed'), label: of('label'), inferCause: of('infer_cause'), synthesizeCause: of('synthesize_cause') };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
