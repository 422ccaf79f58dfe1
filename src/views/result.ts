import type { Json, JsonObject } from '../event.ts';

/*
 * Reading a finding's result. It comes out of a file or another program as often as out of an operator, so a view takes
 * what has the right shape and leaves out the rest.
 */

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects in a list; nothing when it is none. */
export const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isObject(value) ? value : {};
};

export const textAt = (object: JsonObject, key: string): string => {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

export const numberAt = (object: JsonObject, key: string): number | null => {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

export const flagAt = (object: JsonObject, key: string): boolean => Object.hasOwn(object, key) && object[key] === true;
