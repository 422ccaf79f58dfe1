import type { JsonObject } from '../event.ts';

/** Whether a value is a JSON object: neither a list nor null nor a scalar. */
export const isObject = (value: unknown): value is JsonObject => value !== null && typeof value === 'object' && !Array.isArray(value);
