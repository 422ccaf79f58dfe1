import type { Io } from '../io.ts';
import type { SinkDecision } from '../findings/whyNot/decision.ts';
import type { Signal } from '../signal.ts';
import type { Checkpoints } from './checkpoint/checkpointer.ts';
import type { Recorder } from './replay/recording.ts';
import type { Partition } from './partition/partition.ts';
import type { ReplayOptions } from './replay/replayOptions.ts';
import type { Parsing } from '../sources/parsing/parsing.ts';
import type { Cut } from '../pipeline/plan.ts';

/** How far a run is. */
export interface RunProgress {
  read: number;
  /** Newest event time, milliseconds; null before the first. */
  newest: number | null;
  /** Bytes that were read, and that there are to read; null where nobody knows, as of a pipe or a source that goes on. */
  bytes: { done: number; of: number } | null;
}

/** Places in which the keyed part of a cut chain is worked on. */
export interface Partitions {
  cut: Cut;
  count: number;
  /** Somebody reads the states of the operators while the run goes on. */
  isLookedAt: boolean;
  open(): readonly Partition[];
  /** Hears, in one sentence without a full stop, why the run does without them. */
  refused(why: string): void;
}

export interface RunOptions {
  io: Io;
  dataDir: string;
  /** Aborted to end the run early: nothing more is pulled, everything pulled is delivered. */
  stop?: AbortSignal;
  /** How long that may take, milliseconds; as long as it takes when left out. */
  drainTimeout?: number;
  /** Asked before what was written counts: rejects when the state is another process's now. */
  confirm?(): Promise<void>;
  /** Keeps checkpoints; without it the run remembers nothing and an early end closes what is open. */
  checkpoints?: Checkpoints;
  /** Folder of the vectors of a recorded run: they are handed over as they were, and no embedder is opened. */
  replayVectors?: string;
  /** Keeps everything that comes, for a replay. */
  record?: Recorder | undefined;
  /** Runs over a recording instead of the sources; no checkpoints then. */
  replay?: ReplayOptions;
  /** Where the keyed part of the operators is worked on; with the others when left out. */
  partitions?: Partitions | undefined;
  /** Where the bytes of files are parsed; in this thread when left out. Closed with the run. */
  parsing?: Parsing | undefined;
  /** Called with what sinks make of findings. */
  decided?: ((decision: SinkDecision) => void) | undefined;
  /** Sees every signal that leaves the last operators. */
  observe?(signal: Signal): void;
  /** Called now and then how far the run is. */
  progress?(state: RunProgress): void;
}
