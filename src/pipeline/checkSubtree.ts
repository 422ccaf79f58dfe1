import { stringify } from 'yaml';
import type { z } from 'zod';
import { CaducusError, CaducusErrors, type Where } from '../errors.ts';
import type { JsonObject } from '../event.ts';
import { checkValue } from './checkValue.ts';
import { YamlDocument } from './yamlDocument.ts';

/** Says where a path of the configuration was written; `key` asks for its name and not for its value. */
export type Locate = (path: readonly string[], part: 'key' | 'value') => Where;

/** Checks a subtree of the configuration against a schema. Throws CaducusErrors, each where `locate` says that its path was written. */
export function checkSubtree<T extends z.ZodType>(schema: T, name: string, data: JsonObject, locate: Locate): z.output<T> {
  const checked = checkValue(schema, data, { yaml: new YamlDocument(name, stringify(data)), path: [] });
  if ('value' in checked) return checked.value;
  throw new CaducusErrors(
    checked.errors.map((one) => moveError(one, [name, ...(one.where.path ?? '').split('.').filter(Boolean)], locate)),
  );
}

/** The same error at the place in the layer that wrote this path. */
export function moveError({ code, where, what, hint }: CaducusError, path: readonly string[], locate: Locate): CaducusError {
  const { text = '', length = 0 } = where.excerpt ?? {};
  const start = (where.column ?? 1) - 1;
  const aboutKey = code === 'CAD014' || code === 'CAD016';
  const place = aboutKey ? locate([...path, text.slice(start, start + length)], 'key') : locate(path, 'value');
  return new CaducusError(code, { ...place, path: place.file ? path.join('.') : `${place.path} ${path.join('.')}` }, what, { hint });
}
