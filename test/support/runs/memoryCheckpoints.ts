import { foldSnapshot, type Snapshot, type SnapshotHead } from '../../../src/run/checkpoint/snapshot.ts';
import type { Checkpoints } from '../../../src/run/run.ts';

/** Checkpoints that stay in memory. `taken` are those that were finished, as a restart would find them. */
export interface MemoryCheckpoints extends Checkpoints {
  taken: Snapshot[];
}

export interface MemoryCheckpointsOptions {
  from?: Snapshot | null;
  /** Records after which one is due; never when left out. */
  every?: number;
  /** Told of each that was finished. */
  taken?(snapshot: Snapshot): void;
}

export function memoryCheckpoints({
  from = null,
  every = Number.POSITIVE_INFINITY,
  taken,
}: MemoryCheckpointsOptions = {}): MemoryCheckpoints {
  const snapshots: Snapshot[] = [];
  // As on disk, a checkpoint that holds only changed keys builds on the one before.
  let chain: string[] = [];
  let lines: string[] = [];
  let since = 0;
  return {
    taken: snapshots,
    restore: async () => (from === null ? null : (JSON.parse(JSON.stringify(from)) as Snapshot)),
    due: (records) => (since += records) >= every,
    begin(all) {
      since = 0;
      const whole = all || snapshots.length === 0;
      lines = whole ? [] : [...chain];
      return whole;
    },
    write: async (more) => void lines.push(...more),
    async finish(head: SnapshotHead) {
      chain = lines;
      const snapshot = foldSnapshot(head, lines);
      snapshots.push(JSON.parse(JSON.stringify(snapshot)) as Snapshot);
      taken?.(snapshot);
    },
    abandon: async () => {},
  };
}
