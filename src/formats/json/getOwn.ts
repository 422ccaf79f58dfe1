import type { Json, JsonObject } from '../../event.ts';

/** A property of the object itself; what it inherits (`constructor`, `toString`) is none. */
export const getOwn = (object: JsonObject, name: string): Json | undefined => (Object.hasOwn(object, name) ? object[name] : undefined);
