import { fromSaved, toSaved } from '../../base/saved.ts';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import { CheckpointStore } from '../../store/checkpoint/checkpoints.ts';
import type { SnapshotHead } from './snapshot.ts';

/**
 * Writes a checkpoint that is the newest one of a folder, whose lock is held, without the state of one operator. Returns
 * null, or the ids of the operators whose states there are when that one is not among them. Throws CAD042 when no
 * checkpoint can be used.
 */
export async function forgetOperator(files: Files, folder: string, operator: string): Promise<string[] | null> {
  const store = new CheckpointStore(files, folder);
  const found = await store.newest();
  if (found.checkpoint === null) throw new CaducusError('CAD042', {}, 'no checkpoint can be used');
  const head = fromSaved<SnapshotHead>(found.content);
  if (!head.operators.some(({ id }) => id === operator)) return head.operators.map(({ id }) => id).filter((id) => !id.startsWith('~'));
  const prefix = `[${JSON.stringify(operator)},`;
  const writer = await store.writer();
  writer.begin(true);
  await writer.write(found.lines.filter((line) => !line.startsWith(prefix)));
  const rest: SnapshotHead = { ...head, operators: head.operators.filter(({ id }) => id !== operator) };
  await writer.finish(toSaved(rest));
  return null;
}
