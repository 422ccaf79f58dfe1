import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { meantOrKnown } from '../../base/text/didYouMean.ts';
import { listEmbedders } from '../../pipeline/embedderNode.ts';
import { toSnakeCase } from '../../pipeline/keyCase.ts';
import { findNeed, listNeeds, readVerb, type Kind, type Registry } from '../../pipeline/registry.ts';
import { withInstalled } from '../../pipeline/packages/withPackages.ts';
import { shippedNames } from '../../pipeline/shipped.ts';
import { print, printJson, tell, type CliContext } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag } from '../shared/flags.ts';

const kinds = { operators: 'operator', sources: 'source', sinks: 'sink' } as const satisfies Record<string, Kind>;

/** `caducus list [operators|sources|sinks|embedders|pipelines] [name]`: what there is, from the specs themselves. */
export const command = defineCommand({
  arguments: z.strictObject({ kind: z.string().optional(), name: z.string().optional() }),
  flags: z.strictObject({
    all: on('also what packages would add that are not installed'),
    require: requireFlag('operators, sources or sinks'),
  }),
  examples: ['caducus list operators', 'caducus list sources file', 'caducus list --all'],
  async run({ kind, name }, { all, require }, context) {
    const { registry, failed } = await withInstalled((await loadContext({ require }, context)).registry, context.io);
    for (const { what } of failed) await tell(context, what);
    const known = [...Object.keys(kinds), 'embedders', 'pipelines'];
    const wanted = kind === undefined ? known : [kind];
    const tables: Record<string, unknown> = {};
    for (const one of wanted) {
      if (!known.includes(one)) {
        throw new CaducusError('CAD002', {}, `"${one}" is no list`, {
          hint: meantOrKnown(one, known, 'lists'),
        });
      }
      if (one === 'pipelines') tables[one] = (await shippedNames(context.io)).map((n) => ({ name: n }));
      else
        tables[one] = [...entriesIn(registry, one), ...(all ? needsIn(registry, one) : [])].filter(
          (e) => name === undefined || e.name === name,
        );
    }
    if (name !== undefined && (tables[kind!] as unknown[]).length === 0) {
      const need = kind! in kinds ? findNeed(registry, kinds[kind as keyof typeof kinds], name) : null;
      throw new CaducusError('CAD016', {}, `no ${kind} entry is called "${name}"`, need ? { hint: need } : {});
    }
    if (context.json) return printJson(context, tables);
    for (const [title, rows] of Object.entries(tables)) await show(context, title, rows as Entry[], name !== undefined);
  },
});

interface Entry {
  name: string;
  summary?: string;
  options?: { name: string; type: string; default?: unknown; description: string }[];
}

interface Spec {
  name: string;
  summary?: string;
  options: z.ZodType;
}

function entriesIn(registry: Registry, list: string): Entry[] {
  const kind = list === 'embedders' ? null : kinds[list as keyof typeof kinds];
  const entries: readonly { spec: Spec }[] = kind === null ? listEmbedders(registry) : registry[`${kind}s` as const];
  return entries.map(({ spec: { name, summary, options } }) => ({
    name: kind === null ? name : readVerb(kind, name),
    summary: summary ?? '',
    options: listOptions(options),
  }));
}

/** What packages would add to a list that are not installed. */
const needsIn = (registry: Registry, list: string): Entry[] =>
  list in kinds ? listNeeds(registry, kinds[list as keyof typeof kinds]).map(({ verb, need }) => ({ name: verb, summary: need })) : [];

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  type?: string | string[];
  enum?: unknown[];
  title?: string;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  default?: unknown;
  description?: string;
}

/** Options of a spec, as its JSON Schema has them; those within others by their path: `rules[].when.state`. */
export function listOptions(schema: z.ZodType): NonNullable<Entry['options']> {
  return listRows(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
}

function listRows(schema: JsonSchema, path: string): NonNullable<Entry['options']> {
  const { properties = {} } = objectIn(schema);
  return Object.entries(properties).flatMap(([key, p]) => {
    const name = `${path}${toSnakeCase(key)}`;
    const own = { name, type: typeText(p), ...(p.default === undefined ? {} : { default: p.default }), description: p.description ?? '' };
    const inner = p.items ? listRows(p.items, `${name}[].`) : listRows(p, `${name}.`);
    return [own, ...inner];
  });
}

/** The object among several ways to write the same; the schema itself where there is but one way. */
function objectIn(schema: JsonSchema): JsonSchema {
  const objects = (schema.anyOf ?? []).filter(({ properties }) => properties);
  return objects.length === 1 ? objects[0]! : schema;
}

function typeText({ type, enum: values, title, anyOf }: JsonSchema): string {
  if (title) return title;
  if (values) return values.map(String).join(' | ');
  if (anyOf) return [...new Set(anyOf.map(typeText))].join(' | ');
  return Array.isArray(type) ? type.join(' | ') : (type ?? 'any');
}

async function show(context: CliContext, title: string, rows: Entry[], detail: boolean): Promise<void> {
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  const lines = detail ? [] : [title.toUpperCase()];
  for (const { name, summary = '', options = [] } of rows) {
    lines.push(`${detail ? '' : '  '}${name.padEnd(width)}  ${summary}`.trimEnd());
    if (!detail) continue;
    for (const o of options) {
      const preset = o.default === undefined ? '' : `  default ${JSON.stringify(o.default)}`;
      lines.push(`  ${o.name}  (${o.type})${preset}`, `      ${o.description}`);
    }
  }
  await print(context, [...lines, ...(detail ? [] : [''])]);
}
