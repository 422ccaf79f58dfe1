// Bundles the program (esbuild) into a folder: `node scripts/bundle.mjs FOLDER`. It starts several times faster than the same
// code loaded file by file; bench/startup.ts measures it.
import { chmodSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * `import * as z` means the same as `import { z }`, but lets the bundler see which parts of zod are used: without it all
 * of its messages in fifty languages are parsed at every start.
 */
const zodAsNamespace = {
  name: 'zod-as-namespace',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/\\](?:src|operators|config)[/\\].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';") };
    }),
};

/**
 * Modules of Node by `require`: an import reads every export there is, among them getters that load half of Node's
 * streams and cryptography, whether they are used or not.
 */
const nodeByRequire = {
  name: 'node-by-require',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, kind, namespace }) => {
      if (namespace === 'node-by-require') return { path, external: true };
      return kind === 'dynamic-import' ? undefined : { path, namespace: 'node-by-require' };
    });
    onLoad({ filter: /.*/, namespace: 'node-by-require' }, ({ path }) => ({
      loader: 'js',
      contents: `module.exports = require('${path}');`,
    }));
  },
};

/** The few lines that answer `--version` load the rest, one file, only when there is more to do. */
const restApart = {
  name: 'rest-apart',
  setup: ({ onResolve }) => onResolve({ filter: /\/program\.ts$/ }, () => ({ path: './program.js', external: true })),
};

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // For Node these give CommonJS, which cannot be shaken; the same code lies beside it as modules.
  alias: { rxjs: resolve('node_modules/rxjs/dist/esm/index.js'), yaml: resolve('node_modules/yaml/browser/index.js') },
  // Loaded only by the pipelines that use them, from node_modules.
  external: ['@aws-sdk/*', '@smithy/*', '@tensorflow/*', '@tensorflow-models/*', 'pino'],
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
};

const outdir = process.argv[2] ?? 'dist/bin';
await build({ ...common, outdir, entryPoints: { caducus: 'src/cli/main.ts' }, plugins: [restApart] });
await build({
  ...common,
  outdir,
  entryPoints: { program: 'src/cli/program.ts' },
  plugins: [zodAsNamespace, nodeByRequire],
  banner: {
    js: [
      // Packages that are still CommonJS ask for `require`.
      "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      // Options are checked once a run: compiling their checks takes longer than running them as they are.
      '(globalThis.__zod_globalConfig ??= {}).jitless = true;',
    ].join('\n'),
  },
});
chmodSync(join(outdir, 'caducus.js'), 0o755);
