import type { Io } from '../io.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import type { Cut } from '../pipeline/plan.ts';
import { withMarks } from '../run/modes/withMarks.ts';
import { withWatch, type Watch } from '../run/modes/withWatch.ts';
import { withRejectedLog } from '../run/modes/withRejectedLog.ts';
import { hashPipeline } from './hashPipeline.ts';
import { planEngine } from './planEngine.ts';

/** A pipeline as it is run on an engine. */
export interface PlannedWork {
  pipeline: Pipeline;
  /** The same, its sources to be opened once, as `alter` has them: what is expected of them is noticed beside them. */
  watch(alter: (pipeline: Pipeline) => Pipeline): Watch;
  /** null where it is not shared out by key: see `planEngine`. */
  cut: Cut | null;
  /** Parts that the keys are shared out in; 0 without a cut. */
  partitions: number;
  /** See `hashPipeline`. */
  made: string;
}

/** Plans what is done on an engine. Throws CAD002 where the pipeline cannot be run so. */
export function planWork(
  given: Pipeline,
  { io, dataDir, release, partitions }: { io: Io; dataDir: string; release: string; partitions: number },
): PlannedWork {
  const { cut } = planEngine(given);
  const watch: PlannedWork['watch'] = (alter) => {
    const watched = withWatch(alter(given), io);
    return { ...watched, pipeline: alter(withRejectedLog(withMarks(watched.pipeline, dataDir))) };
  };
  return {
    pipeline: watch((same) => same).pipeline,
    watch,
    cut,
    partitions: cut ? partitions : 0,
    made: hashPipeline(given, { release, partitions }),
  };
}
