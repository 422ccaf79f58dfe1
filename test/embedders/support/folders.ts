import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives each test an empty folder of its own and removes them after the suite. */
export function temporaryFolders(): () => Promise<string> {
  const made: string[] = [];
  after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'caducus-embedders-'));
    made.push(folder);
    return folder;
  };
}
