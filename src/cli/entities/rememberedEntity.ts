import { fromSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { EntityMemory, type RememberedEntity } from '../../findings/entities/entityMemory.ts';
import type { SavedInstance } from '../../kernel/defineOperator.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import { foldSnapshot, type SnapshotHead } from '../../run/checkpoint/snapshot.ts';
import { CheckpointStore } from '../../store/checkpoint/checkpoints.ts';
import type { CliContext } from '../shared/context.ts';

/** What is remembered of an entity, and by which pipeline. */
export interface Remembered extends RememberedEntity {
  pipeline: string;
}

/**
 * What the operator `entities` of a pipeline remembers, by its newest checkpoint: that of a running one is some seconds old.
 * null where the pipeline has no such operator, has written none yet, or remembers nothing of that name.
 */
export async function rememberedEntity(name: string, pipeline: string, { io, dataDir }: CliContext): Promise<Remembered | null> {
  const found = await new CheckpointStore(io.files, stateFolder(dataDir, pipeline)).newest();
  if (found.checkpoint === null) return null;
  const { operators } = foldSnapshot(fromSaved<SnapshotHead>(found.content), found.lines);
  for (const { name: verb, state } of operators) {
    if (verb !== 'entities') continue;
    const [key] = fromSaved<SavedInstance>(state).keys;
    const story = key ? EntityMemory.load(key[2] as Json, Number.POSITIVE_INFINITY).story(name) : null;
    if (story) return { pipeline, ...story };
  }
  return null;
}
