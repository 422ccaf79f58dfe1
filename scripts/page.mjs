// Bundles the page and the element (esbuild) into a folder: `node scripts/page.mjs FOLDER SHEET_FOLDER`. What is not on the
// first screen is a file of its own, loaded when it is opened.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const source = 'src/web/page';

/** White space between the tags of templates is for who reads the source. */
const withoutIndent = {
  name: 'without-indent',
  setup: ({ onLoad }) =>
    onLoad({ filter: /src[/\\]web[/\\]page(?:[/\\].*)?\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8'))
        .replace(/>\s*\n\s+</g, '> <')
        .replace(/\s*\n\s+(?=@|\?|\.|class=|role=|data-|tabindex=|aria-)/g, (text, at, all) => (inTemplate(all, at) ? ' ' : text)),
    })),
};

/** Whether a place is within a tag of a template: the last angle bracket before it is an opening one. */
const inTemplate = (all, at) => {
  const before = all.slice(Math.max(0, at - 400), at);
  return /<[a-z][a-z0-9-]*(?:\s[^<>]*)?$/.test(before);
};

export async function buildPage(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    outdir,
    entryPoints: { 'caducus-radar': `${source}.ts` },
    chunkNames: '[name]-[hash]',
    conditions: ['browser', 'production'],
    legalComments: 'none',
    metafile: true,
    plugins: [withoutIndent],
  });
  for (const name of ['page.css', 'icon.svg', 'icon-firing.svg']) copyFileSync(join(source, name), join(outdir, name));
  writeFileSync(join(outdir, 'index.html'), withPreloads(readFileSync(join(source, 'index.html'), 'utf8'), metafile.outputs));
  return metafile;
}

/** What the first screen needs is asked for at once, in its order, and not when a file that was read names the next. */
function withPreloads(page, outputs) {
  const names = new Set();
  const add = (path) => {
    for (const { path: next, kind } of outputs[path].imports) if (kind === 'import-statement') add(next);
    names.add(basename(path));
  };
  const find = (name) => Object.keys(outputs).find((path) => basename(path).startsWith(name));
  for (const name of ['caducus-radar.js', 'first-', 'late-']) add(find(name));
  const links = [...names].map((name) => `<link rel="modulepreload" href="${name}" />`);
  return page.replace(/( *)<script type="module"/, (script, indent) => `${links.map((one) => `${indent}${one}\n`).join('')}${script}`);
}

/** The same drawings as text, for pages of their own that the program writes: `drawSheet` as a module for Node. */
export async function buildSheet(outdir) {
  await build({
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'node',
    minify: true,
    outdir,
    entryPoints: { sheet: `${source}/sheet.ts` },
    conditions: ['production'],
    legalComments: 'none',
    plugins: [withoutIndent],
  });
}

if (process.argv[1]?.endsWith('page.mjs')) {
  await buildPage(process.argv[2] ?? 'dist/web');
  await buildSheet(process.argv[3] ?? 'dist/sheet');
}
