import type { CheckpointFile } from '../../src/store/checkpoint/checkpointFile.ts';
import { nodeIo } from '../../src/io.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { Checkpointing } from '../../src/run/checkpoint/checkpointing.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend, type Registry } from '../../src/pipeline/registry.ts';
import { Run, type RunOptions } from '../../src/run/run.ts';
import type { RunReport } from '../../src/run/report.ts';
import { eventSource } from './eventSource.ts';

export interface MeasuredOptions extends Partial<RunOptions> {
  dataDir: string;
  /** Keep checkpoints on disk, as the command line does. */
  checkpointed?: boolean;
  more?: Partial<Registry>;
  written?(checkpoint: CheckpointFile, took: number): void;
}

/** Runs a pipeline file over made events. */
export function measuredRun(
  text: string,
  { dataDir, checkpointed = true, more = {}, written, ...options }: MeasuredOptions,
): Promise<RunReport> {
  const io = nodeIo();
  const registry = extend(extend(builtins, { sources: [eventSource] }), more);
  const pipeline = loadPipeline('bench.yaml', text, {
    registry,
    variables: { env: {}, config: (key) => (key === 'data_dir' ? dataDir : undefined) },
  });
  const checkpoints = checkpointed ? { checkpoints: new Checkpointing(pipeline, { io, dataDir, ...(written && { written }) }) } : {};
  return new Run(pipeline, { io, dataDir, ...options, ...checkpoints }).execute();
}
