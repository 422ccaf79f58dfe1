import type { Pipeline } from '../pipeline/definition.ts';
import type { Cut } from '../pipeline/plan.ts';
import { withMarks } from '../run/modes/withMarks.ts';
import { withRejectedLog } from '../run/modes/withRejectedLog.ts';
import { hashPipeline } from './hashPipeline.ts';
import { planEngine } from './planEngine.ts';

/** A pipeline as it is run on an engine. */
export interface PlannedWork {
  pipeline: Pipeline;
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
  { dataDir, release, partitions }: { dataDir: string; release: string; partitions: number },
): PlannedWork {
  const { cut } = planEngine(given);
  const pipeline = withRejectedLog(withMarks(given, dataDir));
  return { pipeline, cut, partitions: cut ? partitions : 0, made: hashPipeline(given, { release, partitions }) };
}
