import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../base/text/didYouMean.ts';
import { CaducusError } from '../errors.ts';
import type { Io } from '../io.ts';
import { notFound } from '../sources/file/fileErrors.ts';

/** The folder of the installed package: the first above this file that has a package.json beside `pipelines`. */
export async function packageRoot(io: Io): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if ((await io.files.stat(join(folder, 'package.json'))) && (await io.files.stat(join(folder, 'pipelines')))) return folder;
    const above = dirname(folder);
    if (above === folder) throw new CaducusError('CAD040', {}, 'the shipped pipelines are not beside the program');
    folder = above;
  }
}

/** Names of the shipped pipelines, sorted. */
export async function shippedNames(io: Io): Promise<string[]> {
  const names = await io.files.list(join(await packageRoot(io), 'pipelines'));
  return names.filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
}

/**
 * The file a person means by a name: a path, else a shipped pipeline. Throws CAD010 for a path that is not there and
 * CAD040 for a name that is none.
 */
export async function findPipeline(io: Io, name: string): Promise<{ file: string; text: string }> {
  if (/[./\\]/.test(name)) {
    const stat = await io.files.stat(name);
    if (!stat) throw await notFound(name, io.files);
    if (!stat.isFile()) throw new CaducusError('CAD011', { file: name }, 'is not a file');
    return { file: name, text: await io.files.readText(name) };
  }
  const names = await shippedNames(io);
  if (!names.includes(name)) {
    // Beside the shipped ones, what lies here without its ending: `radar` for radar.yaml.
    const here = (await io.files.list('.')).find((file) => file === `${name}.yaml` || file === `${name}.yml`);
    const meant = here ? `did you mean "${here}"?` : didYouMean(name, names);
    throw new CaducusError('CAD040', {}, `no pipeline is called "${name}"`, {
      hint: meant ?? `shipped: ${names.join(', ')}; or give the path of a file`,
    });
  }
  const root = await packageRoot(io);
  const file = join(root, 'pipelines', `${name}.yaml`);
  const text = await io.files.readText(file);
  return { file, text: resolve('.') === root ? text : withSamples(text, root) };
}

/**
 * The text of a shipped pipeline, for use outside the package's own folder: the samples that it names (`fixtures/...`, as
 * the default of a variable or in a test) are those of the package, wherever a person stands.
 */
export function withSamples(text: string, root: string): string {
  // In a folder of such a name they could not be written without breaking the YAML around them; then they are not found.
  if (/["\\${}\n]/.test(root)) return text;
  return text.replace(/:-(fixtures\/)/g, `:-${root}/$1`).replace(/(: )(fixtures\/[\w./-]+)/g, `$1"${root}/$2"`);
}
