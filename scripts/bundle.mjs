// Bundles the program (esbuild) into a folder: `node scripts/bundle.mjs FOLDER`. It starts several times faster than the same
// code loaded file by file; bench/startup.ts measures it.
import { createHash } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Loaded only by the pipelines that use them, from node_modules. */
const external = ['@aws-sdk/*', '@smithy/*', '@tensorflow/*', '@tensorflow-models/*', 'pino'];

/** An import of what stays outside: by one of those names, of Node, or by an address that the program has. */
const outside = /(?<!typeof )\bimport\((?='(?:node:|@aws-sdk\/|@smithy\/|@tensorflow|pino')|\w+\))/g;

/**
 * The sources, with two changes. `import * as z` means the same as `import { z }`, but lets the bundler see which parts of
 * zod are used: without it all of its messages in fifty languages are parsed at every start. And what is imported from
 * outside while it runs is asked of the entry, see src/cli/codeCache.ts.
 */
const asBundled = {
  name: 'as-bundled',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/\\](?:src|operators|config)[/\\].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';").replace(outside, '__import(');
      return { loader: 'ts', contents };
    }),
};

/** The few lines that answer `--version` load the rest, one file, only when there is more to do. */
const restApart = {
  name: 'rest-apart',
  setup: ({ onResolve }) => onResolve({ filter: /\/program\.ts$/ }, () => ({ path: resolve('src/cli/builtProgram.ts') })),
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // For Node these give CommonJS, which cannot be shaken; the same code lies beside it as modules.
  alias: { rxjs: resolve('node_modules/rxjs/dist/esm/index.js'), yaml: resolve('node_modules/yaml/browser/index.js') },
  external,
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
};

const outdir = process.argv[2] ?? 'dist/bin';
const program = await build({
  ...common,
  // The one form whose compiled code can be kept from one start to the next, see src/cli/codeCache.ts.
  format: 'cjs',
  outfile: join(outdir, 'program.cjs'),
  entryPoints: ['src/cli/program.ts'],
  plugins: [asBundled],
  define: { 'import.meta.url': '__url' },
  banner: {
    js: [
      "const __url = require('node:url').pathToFileURL(__filename).href;",
      // Options are checked once a run: compiling their checks takes longer than running them as they are.
      '(globalThis.__zod_globalConfig ??= {}).jitless = true;',
    ].join('\n'),
  },
  write: false,
});
const [{ path, contents, text }] = program.outputFiles;
const [left] = text.match(/\bimport\((?!\$\{).{0,60}/) ?? [];
if (left) throw new Error(`the bundle imports by itself what it cannot: ${left}`);
await mkdir(outdir, { recursive: true });
await writeFile(path, contents);
await build({
  ...common,
  format: 'esm',
  outdir,
  entryPoints: { caducus: 'src/cli/main.ts' },
  plugins: [restApart],
  // Built into the entry, where it runs only when there is more to do than to tell the version.
  define: { PROGRAM_VERSION: JSON.stringify(createHash('sha256').update(contents).digest('hex').slice(0, 16)) },
});
// What the threads of `--workers` run.
await build({
  ...common,
  format: 'esm',
  outdir,
  outExtension: { '.js': '.mjs' },
  entryPoints: { partitionThread: 'src/run/partition/partitionThread.ts', parseThread: 'src/sources/parsing/parseThread.ts' },
  plugins: [asBundled],
});
chmodSync(join(outdir, 'caducus.js'), 0o755);
