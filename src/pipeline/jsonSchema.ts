import { z } from 'zod';
import { frame } from './definition.ts';
import { listEmbedders } from './embedderNode.ts';
import { toSnakeCase } from './keyCase.ts';
import { expectedSchema } from './expected.ts';
import { overridesSchema } from './overrides.ts';
import { listNeeds, readVerb, type Kind, type Registry } from './registry.ts';

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
      if (key === 'properties')
        return [key, Object.fromEntries(Object.entries(value as object).map(([k, v]) => [toSnakeCase(k), snakeCased(v)]))];
      if (key === 'required') return [key, (value as string[]).map(toSnakeCase)];
      return [key, key === 'default' || key === 'enum' || key === 'const' ? value : snakeCased(value)];
    }),
  );
}

const optionsSchema = (options: z.ZodType): Schema => {
  const { $schema: _, ...schema } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as Schema;
  return snakeCased(schema) as Schema;
};

/** What the option `embedder` may be: a name, or one name with that embedder's options. */
function embedderSchema(registry: Registry, { description, default: preset }: Schema): Schema {
  const all = listEmbedders(registry).map(({ spec }) => spec);
  const one = (spec: (typeof all)[number]): Schema => ({
    type: 'object',
    properties: { [spec.name]: { description: spec.summary, ...optionsSchema(spec.options) } },
    required: [spec.name],
    additionalProperties: false,
  });
  return { description, default: preset, anyOf: [{ type: 'string', enum: all.map(({ name }) => name) }, ...all.map(one)] };
}

function stepSchema(registry: Registry, options: z.ZodType, embeds: boolean): Schema {
  const schema = optionsSchema(options);
  return embeds
    ? { ...schema, properties: { ...schema.properties, embedder: embedderSchema(registry, schema.properties!['embedder']!) } }
    : schema;
}

/** Steps of one kind: an object with exactly one verb, and the siblings a step of that kind may have. */
function steps(registry: Registry, kind: Kind, siblings: Record<string, Schema>): Schema {
  const entries = registry[`${kind}s` as const] as readonly {
    spec: { name: string; summary?: string; options: z.ZodType; embeds?: boolean };
  }[];
  const one = (verb: string, schema: Schema): Schema => ({
    type: 'object',
    properties: { [verb]: schema, ...siblings },
    required: [verb],
    additionalProperties: false,
  });
  return {
    anyOf: [
      ...entries.map(({ spec }) =>
        one(readVerb(kind, spec.name), { description: spec.summary, ...stepSchema(registry, spec.options, spec.embeds === true) }),
      ),
      // What its options are only its package can say.
      ...listNeeds(registry, kind).map(({ verb, need }) => one(verb, { description: need, type: 'object' })),
    ],
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
      sources: {
        ...base.properties?.['sources'],
        type: 'object',
        additionalProperties: steps(registry, 'source', {
          ...optionsSchema(overridesSchema).properties,
          ...optionsSchema(expectedSchema).properties,
        }),
      },
      operators: { ...base.properties?.['operators'], type: 'array', items: steps(registry, 'operator', { id, from }) },
      sinks: { ...base.properties?.['sinks'], type: 'object', additionalProperties: steps(registry, 'sink', { from }) },
    },
  };
}
