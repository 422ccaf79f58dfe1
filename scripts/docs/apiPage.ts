import { z } from 'zod';
import { routes, streamEvents } from '../../src/web/api/routes.ts';
import { heading, table } from './markdown.ts';

/** As much of a JSON Schema as the shapes of the API use. */
interface Schema {
  type?: string | string[];
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  additionalProperties?: Schema | boolean;
}

const isNull = ({ type }: Schema): boolean => type === 'null';

/** A schema without its `null`, and whether it had one. */
function split(schema: Schema): { schema: Schema; nullable: boolean } {
  const { anyOf } = schema;
  if (!anyOf) return { schema, nullable: false };
  const rest = anyOf.filter((one) => !isNull(one));
  return {
    schema: rest.length === 1 ? { ...rest[0], ...(schema.description && { description: schema.description }) } : schema,
    nullable: rest.length < anyOf.length,
  };
}

function typeName(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(', ');
  if (schema.items) return `list of ${typeName(split(schema.items).schema)}`;
  if (typeof schema.additionalProperties === 'object' && !schema.properties) return `object of ${typeName(schema.additionalProperties)}`;
  return Array.isArray(schema.type) ? schema.type.join(', ') : (schema.type ?? 'any');
}

/** Every key of a shape, those within others by their path: `lanes.groups[].scores`. */
function rows(shape: Schema, path: string): string[][] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, raw]) => {
    const { schema, nullable } = split(raw);
    const inner = schema.items ? split(schema.items).schema : schema;
    const name = `${path}${key}`;
    const optional = shape.required?.includes(key) ? '' : ', may be left out';
    const row = [`\`${name}\``, `${typeName(schema)}${nullable ? ', null' : ''}${optional}`, raw.description ?? schema.description ?? ''];
    return [row, ...rows(inner, `${name}${schema.items ? '[]' : ''}.`)];
  });
}

/** A shape as a table; what a request may hold is told as it is written, what an answer holds as it comes. */
const shapeTable = (shape: z.ZodType, io: 'input' | 'output'): string =>
  table(['key', 'type', 'meaning'], rows(z.toJSONSchema(shape, { io, unrepresentable: 'any', reused: 'inline' }) as Schema, ''));

/** The reference of the radar's API, from the shapes that it is checked by. */
export function apiPage(): string {
  const parts = routes.map(({ method, path, summary, query, body, answers }) =>
    [
      `## ${method} ${path}`,
      summary,
      ...(query
        ? [
            table(
              ['in the address', 'meaning'],
              Object.entries(query).map(([name, text]) => [`\`?${name}=\``, text]),
            ),
          ]
        : []),
      ...(body ? ['It takes:', shapeTable(body, 'input')] : []),
      ...(answers ? ['It answers:', shapeTable(answers, 'output')] : []),
    ].join('\n\n'),
  );
  const events = Object.entries(streamEvents).map(([name, text]) => [`\`${name}\``, text]);
  return `${heading('API of the radar')}
Where \`--http\` says, and of \`caducus serve\`. Times are ISO 8601 UTC, lengths of time milliseconds. An answer may get keys that
stand in no table here; none that stands here goes. What cannot be answered is \`{ "error": "..." }\` with a status of 400 and
above. Types: \`caducus/client\`. Who may look and answer: [the radar in a browser](../web.md#who-may-look).

${parts.join('\n\n')}

## GET /api/stream

Server-sent events, each with a running number as its \`id\`. Who comes back with the last one as \`Last-Event-ID\` (or
\`?last_event_id=\`) is sent what was missed, out of the last 1,000, beyond them the whole board. A reader that is slow gets the
newest board, not a queue; at most 32 read at a time.

${table(['event', 'data'], events)}
`;
}
