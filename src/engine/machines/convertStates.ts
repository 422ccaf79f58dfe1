import type { Pipeline } from '../../pipeline/definition.ts';
import type { Cut } from '../../pipeline/plan.ts';
import { fitSnapshot } from '../../run/checkpoint/fitSnapshot.ts';
import type { Snapshot } from '../../run/checkpoint/snapshot.ts';
import { refuseUnfitting } from '../../run/checkpoint/refuseUnfitting.ts';
import type { Converted } from '../revision/takeOver.ts';
import { DeskStage, type SavedDesk } from './deskStage.ts';
import type { SavedFeed } from './intakeFeed.ts';
import { decodeState, encodeState } from './messages.ts';
import { PartitionStage } from './partitionStage.ts';

export interface ConvertOptions {
  /** As it is run, and how it is shared out. */
  pipeline: Pipeline;
  cut: Cut | null;
  partitions: number;
  acceptChanges: boolean;
}

/**
 * The states of a pipeline, all of them, as another file goes on from them: what fits is kept, exactly as where a run without
 * an engine is begun anew with that file. Throws CAD042 where it may not go on, saying what differs.
 */
export function convertStates(
  { whole, sequencer }: { whole: Uint8Array; sequencer: Uint8Array },
  { pipeline, cut, partitions, acceptChanges }: ConvertOptions,
): Converted {
  const { clock, sources } = decodeState<SavedFeed>(sequencer);
  const { decisions, ...stage } = decodeState<SavedDesk>(whole);
  const saved: Snapshot = {
    ...stage,
    ...{ version: 2, pipeline: pipeline.name, clock, sources, sinks: [], journal: null },
  };
  const { snapshot, notes, refused } = fitSnapshot(saved, pipeline, acceptChanges);
  refuseUnfitting(pipeline, refused);
  const { newest, watermark, progress, operators } = snapshot;
  const desk = new DeskStage(pipeline, cut, partitions, () => undefined);
  const shares = desk.share(encodeState({ newest, watermark, progress, operators, ...(decisions && { decisions }) } satisfies SavedDesk));
  return {
    sequencer: encodeState({ clock, sources: snapshot.sources } satisfies SavedFeed),
    desk: desk.save(),
    partitions: shares.map((instance) => {
      const partition = new PartitionStage(pipeline.operators.find(({ id }) => id === cut!.partition)!);
      partition.take({ instance, now: watermark });
      return partition.save(true);
    }),
    notes,
  };
}
