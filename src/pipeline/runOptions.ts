import type { Io } from '../io.ts';
import type { Signal } from '../signal.ts';
import type { Checkpoints } from './checkpointer.ts';
import type { Recorder } from './replay/recording.ts';
import type { ReplayOptions } from './replay/replayOptions.ts';

export interface RunOptions {
  io: Io;
  dataDir: string;
  /** Aborted to end the run early: nothing more is pulled, everything pulled is delivered. */
  stop?: AbortSignal;
  /** How long that may take, milliseconds; as long as it takes when left out. */
  drainTimeout?: number;
  /** Keeps checkpoints; without it the run remembers nothing and an early end closes what is open. */
  checkpoints?: Checkpoints;
  /** Folder of the vectors of a recorded run: they are handed over as they were, and no embedder is opened. */
  replayVectors?: string;
  /** Keeps everything that comes, for a replay. */
  record?: Recorder;
  /** Runs over a recording instead of the sources; no checkpoints then. */
  replay?: ReplayOptions;
  /** Sees every signal that leaves the last operators. */
  observe?(signal: Signal): void;
  /** Told now and then how far the run is. */
  progress?(state: { read: number; newest: number | null }): void;
}
