import type { Json } from '../event.ts';

/** Whether two values are written as the same JSON, whatever the order of keys; what is undefined counts as absent. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => isSameJson(item, b[i]));
  }
  for (const key of Object.keys(a)) if (!isSameJson(a[key], readOwn(b, key))) return false;
  for (const key of Object.keys(b)) if (b[key] !== undefined && readOwn(a, key) === undefined) return false;
  return true;
}

const readOwn = (object: { [key: string]: Json }, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);
