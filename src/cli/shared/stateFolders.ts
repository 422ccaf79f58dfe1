import { join } from 'node:path';
import type { CliContext } from './context.ts';

/** Names of the pipelines that have a folder of state. What else lies there, such as what was last shown, is none. */
export async function stateFolders({ io, dataDir }: Pick<CliContext, 'io' | 'dataDir'>): Promise<string[]> {
  const state = join(dataDir, 'state');
  const names: string[] = [];
  for (const name of await io.files.list(state)) {
    if ((await io.files.lstat(join(state, name)))?.isDirectory()) names.push(name);
  }
  return names;
}
