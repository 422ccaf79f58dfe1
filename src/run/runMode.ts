import type { JsonObject } from '../event.ts';
import type { Pipeline, SourceNode } from '../pipeline/definition.ts';
import type { Signal } from '../signal.ts';
import type { CheckpointFile } from '../store/checkpoint/checkpointFile.ts';
import type { BadCheckpoint } from '../store/checkpoint/checkpoints.ts';
import type { RejectedRecord } from '../store/rejectedFiles.ts';
import type { ReplayOptions } from './replay/replayOptions.ts';
import type { RunProgress } from './runOptions.ts';

/** What a run is for. */
export type RunMode =
  /** Goes on where the last run of the pipeline stood, and keeps everything; with `retry`, over rejected records instead of its sources. */
  | { mode: 'durable'; fresh?: boolean; retry?: { records(): Promise<readonly RejectedRecord[]>; done(): void } }
  /** Reads its input to the end and keeps no state of it; `recall` names what it leaves for `explain`, `taught` what it goes on from. */
  | {
      mode: 'once';
      recall?: { name: string; inputs?: string[]; format?: string | JsonObject | undefined };
      taught?: Pipeline;
    }
  /** As a durable run would go on, but nothing is stored, sent, committed or remembered. */
  | { mode: 'dry' }
  /** Over a recording; what it writes goes into the data folder, nothing goes outside. `silent`: no sinks at all; `knows`: it can be asked what it knows. */
  | { mode: 'replay'; replay: ReplayOptions; vectors?: string; silent?: boolean; knows?: boolean }
  /** Teaches the memories of the pipeline what is in these sources, before its first run. */
  | { mode: 'teach'; sources: readonly SourceNode[]; fresh?: boolean };

/** What the run reports to whoever opened it. */
export interface RunObserver {
  /** Sees every signal that leaves the last operators. */
  observe?(signal: Signal): void;
  /** Called now and then with how far the run is. */
  progress?(state: RunProgress): void;
  /** Called with the checkpoint that is gone on from, and those that had to be passed over. */
  restored?(checkpoint: CheckpointFile, bad: readonly BadCheckpoint[]): void;
  /** Called with what was changed in the pipeline since that checkpoint, and what became of what it knew: a line each. */
  changed?(notes: readonly string[]): void;
  /** Called with each checkpoint on disk, and how long it was under way, milliseconds. */
  written?(checkpoint: CheckpointFile, took: number): void;
  /** These sources cannot be read again and no journal is kept: the run keeps no checkpoints. */
  unkept?(sources: readonly string[]): void;
}
