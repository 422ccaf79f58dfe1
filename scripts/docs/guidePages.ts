import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtins } from '../../src/pipeline/builtins.ts';
import { readVerb, type Kind } from '../../src/pipeline/registry.ts';
import { fillParts } from './fillParts.ts';
import { heading, table } from './markdown.ts';
import { measuredCost } from './measuredCost.ts';
import { optionTable } from './optionTable.ts';
import { readComment } from './readComment.ts';

/** A component as far as its guide tells of it. */
export interface Guided {
  kind: Kind;
  spec: { name: string; summary?: string; options: never; ports?: Record<string, unknown> };
  /** As a pipeline file writes it. */
  verb: string;
  /** Its page: by hand what it is good for, an example, what it does on bad input; from the code and its benchmarks the rest. */
  page: string;
}

const code = { operator: 'operators', source: 'src/sources', sink: 'src/sinks' } as const;
const kinds = ['operator', 'source', 'sink'] as const;

/** Every operator, source and sink that is built in, with its guide. */
export const guided: readonly Guided[] = kinds.flatMap((kind) =>
  (builtins[`${kind}s`] as unknown as readonly { spec: Guided['spec'] }[]).map(({ spec }) => {
    const verb = readVerb(kind, spec.name);
    return { kind, spec, verb, page: `docs/${kind}s/${verb}.md` };
  }),
);

/** What it is, in the words of the code: its comment with the marble picture, else its summary, and its ports. */
function describe({ kind, spec, verb }: Guided): string {
  const ports = Object.keys(spec.ports ?? {}).map((port) => `\`${verb}.${port}\``);
  const comment = readComment(code[kind], spec.name);
  return [comment === '' ? (spec.summary ?? '') : comment, ports.length > 0 ? `Ports: ${ports.join(', ')}` : '']
    .filter((part) => part !== '')
    .join('\n\n');
}

function guidePage(one: Guided): string {
  if (!existsSync(one.page)) throw new Error(`${one.page} is missing: ${one.kind} ${one.verb} needs its guide, as its neighbours have one`);
  const measured = measuredCost(one.kind, one.spec.name);
  return fillParts(one.page, readFileSync(one.page, 'utf8'), {
    code: describe(one),
    options: optionTable(one.spec.options),
    ...(measured !== '' && { cost: measured }),
  });
}

/** What the folder of a kind shows first: each guide with its summary. */
const indexPage = (kind: Kind): string =>
  `${heading(`${kind[0]!.toUpperCase()}${kind.slice(1)}s`)}\n${table(
    [kind, 'what it does'],
    guided.filter((one) => one.kind === kind).map(({ verb, spec }) => [`[${verb}](${verb}.md)`, spec.summary ?? '']),
  )}\n`;

/** The pages of all guides and their indexes, by path, with what is generated anew. */
export const guidePages = (): Record<string, string> =>
  Object.fromEntries([
    ...guided.map((one) => [one.page, guidePage(one)]),
    ...kinds.map((kind) => [join('docs', `${kind}s`, 'README.md'), indexPage(kind)]),
  ]);
