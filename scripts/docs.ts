/**
 * Writes what can be generated: the parts of docs/errors.md and of the guides in docs/operators, docs/sources and docs/sinks
 * that stand between marks, docs/reference (embedders, commands, metrics, configuration) and docs/pipeline.schema.json.
 * `--check` writes nothing and fails when something is out of date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bareVariables, schema } from '../config/schema.ts';
import { catalogue } from '../src/errors.ts';
import { builtins } from '../src/pipeline/builtins.ts';
import { pipelineSchema } from '../src/pipeline/jsonSchema.ts';
import { apiPage } from './docs/apiPage.ts';
import { commandPage } from './docs/commandPage.ts';
import { fillParts } from './docs/fillParts.ts';
import { guidePages } from './docs/guidePages.ts';
import { heading, table } from './docs/markdown.ts';
import { metricsPage } from './docs/metricsPage.ts';
import { embeddersPage } from './docs/embeddersPage.ts';

const errors = () =>
  table(
    ['code', 'meaning', 'exit', 'what to do'],
    Object.entries(catalogue).map(([code, { title, exit, hint }]) => [code, title, String(exit), hint]),
  );

function configurationPage(): string {
  const keys = Object.entries(schema).map(([key, s]) => [
    `\`${key}\``,
    `\`${s.env}\``,
    `\`--${s.arg}\``,
    `\`${JSON.stringify(s.default)}\``,
    s.doc,
  ]);
  const variables = Object.entries(bareVariables).map(([name, doc]) => [`\`${name}\``, doc]);
  return `${heading('Configuration')}
Later layers win: defaults, \`~/.caducus/config.yml\`, \`./.caducus/config.yml\`, each \`--configuration FILE\`, \`.env\` of the
working folder, the environment, each \`--config key=value\` (\`--set\`), flags. \`caducus config show --origin\` tells each value
with the file, line and column, the variable or the flag that set it; \`caducus config check\` whether all of it can stand.

${table(['key', 'environment', 'flag', 'default', 'meaning'], keys)}

Only in the environment:

${table(['variable', 'meaning'], variables)}

In configuration files, and with \`--config\`, there are three subtrees more. \`collectors:\` holds sources by id, in the words
of a pipeline file. \`guesses:\` names a model that is asked what patterns mean ([guesses](../guesses.md)).
\`biblicus.reinforcement_memory\` may name the folders (\`data_dir\`, \`vector_store.path\`), and with \`label\`, \`infer_cause\` and
\`synthesize_cause\` ask for guesses; its other keys, and those of other programs that share the file, pass through untouched.

Variables in files: \`\${NAME}\`, \`\${NAME:-default}\`, \`\${NAME:?message}\`, and \`{{ NAME|default }}\`. They are replaced after
parsing, value by value, so that none can inject structure.
`;
}

/** The page of errors with its table replaced. */
const errorPage = (): string => fillParts('docs/errors.md', readFileSync('docs/errors.md', 'utf8'), { errors: errors() });

const files: Record<string, string> = {
  'docs/errors.md': errorPage(),
  ...guidePages(),
  'docs/reference/embedders.md': embeddersPage(),
  'docs/reference/cli.md': await commandPage(),
  'docs/reference/api.md': apiPage(),
  'docs/reference/metrics.md': await metricsPage(),
  'docs/reference/configuration.md': configurationPage(),
  'docs/pipeline.schema.json': `${JSON.stringify(pipelineSchema(builtins), null, 2)}\n`,
};

const check = process.argv.includes('--check');
const stale = Object.keys(files).filter((path) => !existsSync(path) || readFileSync(path, 'utf8') !== files[path]);
mkdirSync('docs/reference', { recursive: true });
if (!check) for (const path of stale) writeFileSync(path, files[path]!);
if (stale.length > 0) console.log(check ? `out of date, run npm run docs: ${stale.join(', ')}` : `written: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
