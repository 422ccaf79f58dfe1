import type { Json } from '../event.ts';

/**
 * A shape that is saved, as the JSON it is. Interfaces have no index signature, so that the compiler cannot see it; the
 * kernel's tests send every state through text and back.
 */
export const toSaved = (shape: object): Json => shape as Json;

/** The JSON of a state as the shape it was saved in. Versions are carried over before, so that it is that shape. */
export const fromSaved = <Shape>(json: Json): Shape => json as Shape;
