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
