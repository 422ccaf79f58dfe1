import { z } from 'zod';

/** What a flag or an argument is like, as the command line needs to know it. */
export interface FlagShape {
  kind: 'on' | 'off' | 'one' | 'many';
  needed: boolean;
  /** What holds when it is not given; undefined when that is nothing, or not worth saying. */
  preset: string | undefined;
  description: string;
  /** The word its help shows for the value. */
  value: string;
}

/** Reads a flag's schema. */
export function flagShape(schema: z.ZodType): FlagShape {
  const meta = schema.meta() ?? {};
  const { inner, preset, needed } = unwrap(schema);
  const bare = inner instanceof z.ZodArray ? 'many' : inner instanceof z.ZodBoolean ? (preset === true ? 'off' : 'on') : 'one';
  return {
    kind: bare,
    needed: inner instanceof z.ZodArray ? needed && inner.safeParse([]).success === false : needed,
    preset: typeof preset === 'string' ? preset : undefined,
    description: meta.description ?? '',
    value: typeof meta['value'] === 'string' ? meta['value'] : 'value',
  };
}

export const isMany = (schema: z.ZodType): boolean => flagShape(schema).kind === 'many';

function unwrap(schema: z.ZodType): { inner: z.ZodType; preset: unknown; needed: boolean } {
  if (schema instanceof z.ZodOptional) return { inner: schema.unwrap() as z.ZodType, preset: undefined, needed: false };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return { inner: schema.unwrap() as z.ZodType, preset: schema.def.defaultValue, needed: false };
  return { inner: schema, preset: undefined, needed: true };
}
