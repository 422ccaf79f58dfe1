import { keptCheckpoints } from '../../store/checkpoint/checkpoints.ts';
import type { Intake } from '../intake/intake.ts';
import type { VectorProvider } from '../vectors/vectorProvider.ts';
import type { SnapshotHead } from './snapshot.ts';

/**
 * What follows each checkpoint that is on disk: the outside may know, and what only checkpoints needed that are kept no
 * longer can go. `keepsVectors`: a recording takes them along at its end.
 */
export function commitBehind(
  intake: Pick<Intake, 'commit' | 'release'>,
  vectors: Pick<VectorProvider, 'release'> | null,
  { keepsVectors }: { keepsVectors: boolean },
): (head: SnapshotHead) => Promise<void> {
  let kept: SnapshotHead[] = [];
  return async (head) => {
    await intake.commit(head.sources);
    kept = [...kept, head].slice(-keptCheckpoints);
    // Until as many are of this run, the oldest kept one is of an earlier run.
    if (kept.length < keptCheckpoints) return;
    const [oldest] = kept;
    await intake.release(oldest!.sources, oldest!.journal);
    if (!keepsVectors) await vectors?.release(oldest!.vectors ?? null);
  };
}
