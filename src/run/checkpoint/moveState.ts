import { join } from 'node:path';
import type { Files } from '../../io.ts';
import { CheckpointStore } from '../../store/checkpoint/checkpoints.ts';

/**
 * Moves what a pipeline knows to the folder of its new name, whose lock and own are held. Checkpoints come last: cut short,
 * it can be done again. Returns how many checkpoints were moved.
 */
export async function moveState(files: Files, from: string, to: { folder: string; name: string }): Promise<number> {
  const isCheckpoint = (name: string) => name.startsWith('checkpoint-');
  const names = (await files.list(from)).filter((name) => !name.startsWith('lock'));
  for (const name of names.toSorted((a, b) => Number(isCheckpoint(a)) - Number(isCheckpoint(b)))) {
    await files.rename(join(from, name), join(to.folder, name));
  }
  await files.syncFolder(to.folder);
  renameRecall(files, join(to.folder, 'recall', 'recall.json'), to.name);
  return (await new CheckpointStore(files, to.folder).list()).length;
}

/** What a run has left for `explain` says whose it is. */
function renameRecall(files: Files, path: string, name: string): void {
  const text = files.readSync(path);
  if (text !== null) files.writeSync(path, `${JSON.stringify({ ...(JSON.parse(text) as object), name })}\n`);
}
