import { z } from 'zod';
import { frame } from './definition.ts';
import { snakeOf } from './keyCase.ts';
import { overridesSchema } from './overrides.ts';
import { verbOf, type Kind, type Registry } from './registry.ts';

interface Schema {
  [key: string]: unknown;
  properties?: Record<string, Schema>;
}

/** Option names as a pipeline file has them: snake_case. */
function snakeCased(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(snakeCased);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties') return [key, Object.fromEntries(Object.entries(value as object).map(([k, v]) => [snakeOf(k), snakeCased(v)]))];
      if (key === 'required') return [key, (value as string[]).map(snakeOf)];
      return [key, key === 'default' || key === 'enum' || key === 'const' ? value : snakeCased(value)];
    }),
  );
}

const optionsSchema = (options: z.ZodType): Schema => {
  const { $schema: _, ...schema } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as Schema;
  return snakeCased(schema) as Schema;
};

/** Steps of one kind: an object with exactly one verb, and the siblings a step of that kind may have. */
function steps(registry: Registry, kind: Kind, siblings: Record<string, Schema>): Schema {
  const entries = registry[`${kind}s` as const] as readonly { spec: { name: string; summary?: string; options: z.ZodType } }[];
  return {
    anyOf: entries.map(({ spec }) => {
      const verb = verbOf(kind, spec.name);
      return {
        type: 'object',
        properties: { [verb]: { description: spec.summary, ...optionsSchema(spec.options) }, ...siblings },
        required: [verb],
        additionalProperties: false,
      };
    }),
  };
}

/** The JSON Schema of a pipeline file for editors, from the same specs that check it. */
export function pipelineSchema(registry: Registry): Schema {
  const base = optionsSchema(frame);
  const from: Schema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }], description: 'Whose output it takes.' };
  const id: Schema = { type: 'string', description: 'Name of this step; the verb when left out.' };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'caducus pipeline',
    ...base,
    properties: {
      ...base.properties,
      sources: { ...base.properties?.['sources'], type: 'object', additionalProperties: steps(registry, 'source', optionsSchema(overridesSchema).properties ?? {}) },
      operators: { ...base.properties?.['operators'], type: 'array', items: steps(registry, 'operator', { id, from }) },
      sinks: { ...base.properties?.['sinks'], type: 'object', additionalProperties: steps(registry, 'sink', { from }) },
    },
  };
}
