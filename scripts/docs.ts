/**
 * Writes what can be generated: the README's table of errors, docs/reference (operators, sources, sinks, configuration)
 * and docs/pipeline.schema.json. `--check` writes nothing and fails when something is out of date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { schema } from '../config/schema.ts';
import { optionsOf } from '../src/cli/list.ts';
import { embedders } from '../src/embedders/index.ts';
import { catalogue } from '../src/errors.ts';
import { builtins } from '../src/pipeline/builtins.ts';
import { pipelineSchema } from '../src/pipeline/jsonSchema.ts';
import { verbOf, type Kind } from '../src/pipeline/registry.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: string[], rows: string[][]) => [row(...head), row(...head.map(() => '---')), ...rows.map((r) => row(...r))].join('\n');

const errors = () => table(['code', 'meaning', 'exit', 'what to do'], Object.entries(catalogue).map(([code, { title, exit, hint }]) => [code, title, String(exit), hint]));

interface Documented {
  spec: { name: string; summary?: string; options: never; ports?: Record<string, unknown> };
}

function reference(kind: Kind | 'embedder', title: string): string {
  const entries = (kind === 'embedder' ? embedders : builtins[`${kind}s` as const]) as unknown as readonly Documented[];
  const nameOf = (name: string) => (kind === 'embedder' ? name : verbOf(kind, name));
  const parts = entries.map(({ spec }) => {
    const options = optionsOf(spec.options);
    const rows = options.map((o) => [`\`${o.name}\``, o.type, o.default === undefined ? '' : `\`${JSON.stringify(o.default)}\``, o.description]);
    const ports = Object.keys(spec.ports ?? {});
    return [
      `## ${nameOf(spec.name)}`,
      '',
      spec.summary ?? '',
      ...(ports.length > 0 ? ['', `Ports: ${ports.map((p) => `\`${nameOf(spec.name)}.${p}\``).join(', ')}`] : []),
      '',
      table(['option', 'type', 'default', 'meaning'], rows),
      '',
    ].join('\n');
  });
  return `# ${title}\n\nGenerated from the code by \`npm run docs\`.\n\n${parts.join('\n')}`;
}

const configuration = () =>
  `# Configuration\n\nGenerated from the code by \`npm run docs\`. Later layers win: defaults, \`~/.caducus/config.yml\`, \`./.caducus/config.yml\`, each \`--configuration FILE\`, the environment, each \`--config key=value\`, flags.\n\n${table(
    ['key', 'environment', 'flag', 'default', 'meaning'],
    Object.entries(schema).map(([key, s]) => [`\`${key}\``, `\`${s.env}\``, `\`--${s.arg}\``, `\`${JSON.stringify(s.default)}\``, s.doc]),
  )}\n`;

/** The README with its generated part replaced. */
function readme(): string {
  const text = readFileSync('README.md', 'utf8');
  return text.replace(/(<!-- errors -->\n)[\s\S]*?(\n<!-- \/errors -->)/, (_, open: string, close: string) => `${open}${errors()}${close}`);
}

const files: Record<string, string> = {
  'README.md': readme(),
  'docs/reference/operators.md': reference('operator', 'Operators'),
  'docs/reference/sources.md': reference('source', 'Sources'),
  'docs/reference/sinks.md': reference('sink', 'Sinks'),
  'docs/reference/embedders.md': reference('embedder', 'Embedders'),
  'docs/reference/configuration.md': configuration(),
  'docs/pipeline.schema.json': `${JSON.stringify(pipelineSchema(builtins), null, 2)}\n`,
};

const check = process.argv.includes('--check');
const stale: string[] = [];
mkdirSync('docs/reference', { recursive: true });
for (const [path, text] of Object.entries(files)) {
  let old = '';
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    // A file that is not there yet is as stale as one can be.
  }
  if (old === text) continue;
  stale.push(path);
  if (!check) writeFileSync(path, text);
}
if (stale.length > 0) console.log(`${check ? 'out of date' : 'written'}: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
