import type { Arrival } from '../../arrival.ts';
import type { Signal } from '../../signal.ts';
import type { Copied, Failure } from '../checkpoint/checkpointer.ts';
import type { VectorProvider } from '../vectors/vectorProvider.ts';
import type { SavedStage, Stage, StageOutput } from './stage.ts';

export interface DriverOptions {
  vectors: VectorProvider | null;
  /** A live source is among the sources: what comes is to be seen at once. */
  live: boolean;
  /** A clock that never jumps, milliseconds. */
  monotonic(): number;
  /** Records that earlier runs failed at. */
  failures: readonly Pick<Failure, 'source' | 'record'>[];
  /** How many records of a source went in before, over all runs. */
  countRecords(source: string): number;
  /** Takes what has left the stage. */
  emit(out: StageOutput): void;
  /** Called where the stage is to pause: it goes on once this resolves. Rejects where it shall not go on. */
  breathe(): Promise<void>;
  /** Those records of an arrival are worked on. */
  worked(source: string, records: readonly Signal[]): void;
  /** Makes everything before a record safe, so that it can be tried. */
  beforeTrial(): Promise<void>;
  /** What the stage had given of a trial is void, and the stage was built anew. */
  afterFailure(): void;
  /** The operators do not know any more what they changed since the last checkpoint. */
  afterGather(): void;
}

/** Takes the arrivals of a run through its operators, wherever they work. */
export interface Driver {
  /** What is known of the operators here. */
  readonly stage: Stage;
  /** The record at which an operator has thrown, if it was at a record. */
  readonly failed: { source: string; record: number } | null;
  /** The operators for a checkpoint, at a moment at which nothing is under way. */
  readonly copied: ReadonlyMap<string, Copied>;
  /** Takes an arrival through, or begins to. Undefined where the next may come at once. */
  push(arrival: Arrival): Promise<void> | undefined;
  /** Nothing came for a while. Resolves to whether that moved event time. */
  advance(at: number): Promise<boolean>;
  /** Everything that was pushed has left. */
  settle(): Promise<void>;
  /** Settles, and gets ready what a checkpoint needs to know at once. */
  beforeCopy(): Promise<void>;
  /** Everything the stage is; nothing may be under way. */
  save(): Promise<SavedStage>;
  /** Nothing more is pushed: the stage has all of its state. */
  gather(): Promise<void>;
  /** The input is over: what is open closes. */
  end(): Promise<void>;
  close(): Promise<void>;
}
