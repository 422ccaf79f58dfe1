import { CaducusError } from '../../errors.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import { CheckpointStore } from '../../store/checkpoint/checkpoints.ts';
import type { CliContext } from './context.ts';
import { stateFolders } from './stateFolders.ts';

/** Pipelines that have left state in the data folder. */
export async function savedPipelines(context: CliContext): Promise<string[]> {
  const names: string[] = [];
  for (const name of await stateFolders(context)) {
    if ((await new CheckpointStore(context.io.files, stateFolder(context.dataDir, name)).list()).length > 0) names.push(name);
  }
  return names;
}

/** No pipeline of that name has left state: which have. */
export function unknownState(name: string, known: readonly string[]): CaducusError {
  const hint =
    known.length > 0 ? `Pipelines with state: ${known.join(', ')}.` : 'No pipeline has run in this data folder; --data-dir names another.';
  return new CaducusError('CAD040', {}, `no state of a pipeline "${name}"`, { hint });
}
