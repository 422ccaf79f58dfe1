import { join } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import type { Io } from '../io.ts';
import { CheckpointStore, type BadCheckpoint, type CheckpointFile } from '../store/checkpoints.ts';
import type { Pipeline } from './definition.ts';
import type { Checkpoints } from './run.ts';
import { differences, type Snapshot } from './snapshot.ts';

/** Where the state of a pipeline lives. */
export const stateFolder = (dataDir: string, pipeline: string): string => join(dataDir, 'state', pipeline);

export interface Checkpointing extends Checkpoints {
  /** The last one written or restored; null before. */
  readonly last: CheckpointFile | null;
}

export interface CheckpointingOptions {
  io: Io;
  dataDir: string;
  /** Told which checkpoint is gone on from, and which had to be passed over. */
  restored?(checkpoint: CheckpointFile, bad: readonly BadCheckpoint[]): void;
}

/**
 * Checkpoints on disk for a pipeline: restored from the newest good one, due every so many events or so much time.
 * `restore` throws CAD042 when the file has changed in a way that the saved state does not fit, saying what differs.
 */
export function checkpointing(pipeline: Pipeline, { io, dataDir, restored }: CheckpointingOptions): Checkpointing {
  const { name, file, operators, checkpoint: { events, every, fsync } } = pipeline;
  const store = new CheckpointStore(io.files, stateFolder(dataDir, name));
  let since = 0;
  let at = io.monotonic();
  let last: CheckpointFile | null = null;
  return {
    get last() {
      return last;
    },
    async restore() {
      const found = await store.newest();
      if (found.checkpoint === null) {
        if (found.bad.length > 0) throw unusable(found.bad);
        return null;
      }
      const snapshot = found.content as unknown as Snapshot;
      const differ = differences(snapshot, operators);
      if (differ.length > 0) throw new CaducusError('CAD042', { file }, differ.join('; '));
      last = found.checkpoint;
      restored?.(found.checkpoint, found.bad);
      return snapshot;
    },
    due(records) {
      since += records;
      return since >= events || (since > 0 && io.monotonic() - at >= every);
    },
    async save(snapshot) {
      last = await store.save(snapshot as unknown as Json, { fsync });
      since = 0;
      at = io.monotonic();
    },
  };
}

function unusable(bad: readonly BadCheckpoint[]): CaducusError {
  const what = bad.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
  return new CaducusError('CAD042', {}, `no checkpoint can be used: ${what}`);
}
