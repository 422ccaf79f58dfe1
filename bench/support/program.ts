import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * The program, or another one, as one file, made anew from the sources: it starts several times faster than the sources do, and it is not
 * what somebody else has built. Lies below node_modules, so that packages that stay outside are found.
 */
export async function bundledProgram(name = 'crash', module = new URL('./programEntry.ts', import.meta.url)): Promise<string> {
  const entry = fileURLToPath(module);
  const outfile = fileURLToPath(new URL(`../../node_modules/.cache/caducus/${name}-${process.pid}.mjs`, import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
  return outfile;
}

/** As above, with what the threads of `run --workers` run beside it; in a folder of its own, which is to be removed. */
export async function bundledThreads(name: string): Promise<{ program: string; folder: string }> {
  const program = await bundledProgram(name);
  const folder = program.replace(/\.mjs$/, '');
  await mkdir(folder, { recursive: true });
  await rename(program, join(folder, 'program.mjs'));
  for (const thread of ['run/partition/partitionThread', 'sources/parsing/parseThread']) {
    const entry = fileURLToPath(new URL(`../../src/${thread}.ts`, import.meta.url));
    const outfile = join(folder, `${basename(thread)}.mjs`);
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
  }
  return { program: join(folder, 'program.mjs'), folder };
}
