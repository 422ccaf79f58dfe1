import type { z } from 'zod';

/** `max_groups` -> `maxGroups` */
export const toCamelCase = (key: string): string => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
/** `maxGroups` -> `max_groups` */
export const toSnakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Def {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  items?: z.ZodType[];
  getter?: () => z.ZodType;
}

const findDefinition = (schema: z.ZodType): Def => (schema as { def: Def }).def;

/** Strips optional, default, prefault, pipe and the like off a schema. */
export function unwrap(schema: z.ZodType): z.ZodType {
  const def = findDefinition(schema);
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined) ?? (def.type === 'lazy' ? def.getter?.() : undefined);
  return inner ? unwrap(inner) : schema;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shape of an object schema; null when it is something else. */
export function findShape(schema: z.ZodType): Record<string, z.ZodType> | null {
  const def = findDefinition(unwrap(schema));
  return def.type === 'object' ? (def.shape ?? {}) : null;
}

/** Of a union's members, the one whose keys the value fits best. */
export function memberFor(options: z.ZodType[], value: unknown): z.ZodType | undefined {
  if (Array.isArray(value)) return options.find((o) => ['array', 'tuple'].includes(findDefinition(unwrap(o)).type));
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value).map(toCamelCase);
  let best: z.ZodType | undefined;
  let most = -1;
  for (const option of options) {
    const def = findDefinition(unwrap(option));
    if (def.type !== 'object' && def.type !== 'record' && def.type !== 'union') continue;
    const shape = def.shape ?? {};
    const fits = keys.filter((key) => Object.hasOwn(shape, key)).length;
    if (fits > most) [best, most] = [option, fits];
  }
  return best;
}

/**
 * Renames the snake_case keys of a pipeline file to the camelCase the code has, wherever the schema has an object.
 * Keys of free records (headers, field maps) are data and stay. A key written in camelCase is not renamed and so is
 * reported as unknown: there is one way to write it. Text where the schema has a number or a boolean is read as one.
 */
export function toCamel(schema: z.ZodType, value: unknown): unknown {
  const bare = unwrap(schema);
  const def = findDefinition(bare);
  if (def.type === 'union') {
    const member = memberFor(def.options ?? [], value);
    return member ? toCamel(member, value) : value;
  }
  if (Array.isArray(value)) {
    if (def.type === 'array' && def.element) return value.map((item) => toCamel(def.element!, item));
    return def.type === 'tuple' ? value.map((item, i) => (def.items?.[i] ? toCamel(def.items[i], item) : item)) : value;
  }
  if (!isRecord(value)) return typeof value === 'string' ? fromText(def.type, value) : value;
  if (def.type === 'record' && def.valueType) {
    return fromPairs(Object.entries(value).map(([key, item]) => [key, toCamel(def.valueType!, item)]));
  }
  if (def.type !== 'object') return value;
  return fromPairs(
    Object.entries(value).map(([key, item]) => {
      const camel = toCamelCase(key);
      const own = Object.hasOwn(def.shape ?? {}, camel) && toSnakeCase(camel) === key;
      return own ? [camel, toCamel(def.shape![camel]!, item)] : [toSnakeCase(key) === key ? key : `${key} `, item];
    }),
  );
}

/** Text that stands where a number or a boolean is wanted, as quotes and variables bring about. */
function fromText(wanted: string, text: string): string | number | boolean {
  if (wanted === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (wanted === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** An object from pairs in which `__proto__` is an ordinary key. */
function fromPairs(pairs: [string, unknown][]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [key, value] of pairs) Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
  return record;
}
