import type { Json, JsonObject } from '../../event.ts';

/** Sets a property whatever its name: a plain assignment to `__proto__` would change the object's kind instead. */
export function setOwn(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
