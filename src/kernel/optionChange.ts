import { z } from 'zod';
import type { Json, JsonObject } from '../event.ts';

/**
 * What a changed option does to a state that was made before the change. `view`: nothing, it is only seen. `threshold`: it
 * counts from the next evaluation. `shape`: the state is carried over, or that operator starts anew. `identity`: what the
 * state is kept by means something else, and that of the operators behind it too.
 */
export type ChangeClass = 'view' | 'threshold' | 'shape' | 'identity';

export type OptionClasses = Readonly<Record<string, ChangeClass>>;

/** How the options of an operator differ from those that a saved state was made with. */
export interface OptionChange {
  /** Names of the options that differ, all of class `shape`. */
  names: readonly string[];
  /** The options as they are now, as the schema gives them. */
  after: JsonObject;
  /** Those of before that a checkpoint tells: numbers and yes or no. Texts may be secrets, and are not kept. */
  before: JsonObject;
  /** Whether an option of that name had this value before; null where that is not known. */
  had(name: string, value: Json): boolean | null;
  /** Event time up to which the state had come, milliseconds; null when it had seen nothing. */
  time: number | null;
}

/** Names of the options of a schema: of an object, or of whichever of a union's members is one. */
export function listOptions(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodUnion) return [...new Set((schema.options as z.ZodType[]).flatMap(listOptions))];
  return schema instanceof z.ZodPipe ? listOptions(schema.in as z.ZodType) : [];
}

/** Options of a schema that are given no class. */
export const listUnclassed = ({ options, changes }: { options: z.ZodType; changes?: OptionClasses }): string[] =>
  listOptions(options).filter((name) => !Object.hasOwn(changes ?? {}, name));
