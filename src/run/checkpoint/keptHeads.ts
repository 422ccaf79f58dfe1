import { keptCheckpoints } from '../../store/checkpoint/checkpoints.ts';
import type { SnapshotHead } from './snapshot.ts';

/** The checkpoints of a run that are kept on disk. */
export class KeptHeads {
  #heads: SnapshotHead[] = [];

  /** Another is on disk. Returns the oldest that is kept; null while one of an earlier run is. */
  push(head: SnapshotHead): SnapshotHead | null {
    this.#heads = [...this.#heads, head].slice(-keptCheckpoints);
    return this.#heads.length === keptCheckpoints ? this.#heads[0]! : null;
  }
}
