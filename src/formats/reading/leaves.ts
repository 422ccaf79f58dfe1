import type { Json, JsonObject } from '../../event.ts';

/** A value of a record and the dotted path to it. */
export interface Leaf {
  path: string;
  value: string | number | boolean;
}

/** Deeper values, and more of them, are passed over: records come from outside. */
const deepest = 4;
const most = 200;

/** The values of a record that are no objects, outer ones first. */
export function leaves(record: JsonObject): Leaf[] {
  const found: Leaf[] = [];
  let level: [string, JsonObject][] = [['', record]];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const [prefix, object] of level) {
      for (const [key, value] of Object.entries(object)) {
        const path = prefix + key;
        if (isPlain(value)) found.push({ path, value });
        else if (value !== null && !Array.isArray(value)) next.push([`${path}.`, value]);
        if (found.length >= most) return found;
      }
    }
    level = next;
  }
  return found;
}

const isPlain = (value: Json): value is Leaf['value'] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
