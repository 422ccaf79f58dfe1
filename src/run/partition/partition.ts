import type { Flow } from '../../kernel/defineOperator.ts';
import type { OperatorCounters, SavedInstance } from '../../kernel/defineOperator.ts';
import type { SavedFolding } from '../../kernel/folding.ts';

/** A part of the keys of one operator, at work elsewhere: in the same thread, or in one of its own. */
export interface Partition {
  /** Takes up keys, in the place of all it holds, at that event time (milliseconds; -Infinity before the first record). */
  load(saved: SavedInstance, now: number): Promise<void>;
  /** Works on a batch. Answers come in the order in which they were asked for; rejects when it cannot go on at all. */
  work(batch: PartitionBatch): Promise<PartitionOutput>;
  /** All it holds. */
  save(): Promise<SavedInstance>;
  /** What is known of keys that come often, for a checkpoint. */
  folding(): Promise<SavedFolding | null>;
  /** Starts a copy of all keys, or of those touched since the copy before, as they are behind what was given so far. */
  beginCopy(all: boolean): void;
  /** More of the copy, about that many characters; empty when it is complete. */
  nextCopied(characters: number): Promise<string[]>;
  close(): Promise<void>;
}

/** Signals of the keys of a partition, and how event time goes on around them. */
export interface PartitionBatch {
  signals: readonly Flow[];
  /** Which record of its arrival each of them comes from, ascending. */
  records: Int32Array;
  /** Event time that is reached before each of them, milliseconds; ascending, -Infinity before the first record. */
  before: Float64Array;
  /** Event time that is reached behind the last. */
  behind: number;
}

/** What a partition made of a batch, so that it can be put in the order of one operator over all keys. */
export interface PartitionOutput {
  /** Of each signal of the batch, in order. */
  results: ArrayLike<number>;
  /** What the results name by number: ids of templates. */
  names: readonly string[];
  /** Of the signals with result `many`, in order. */
  several: readonly (readonly Output[])[];
  /** What ticks gave, in the order in which they were done; those that gave nothing are left out. */
  ticks: readonly TickOutput[];
  /** What was counted meanwhile. */
  counters: OperatorCounters;
}

/** What one key gave as its time had come. */
export interface TickOutput {
  time: number;
  key: string;
  /** The record of the arrival behind which it stood waiting; -1 for before the first. */
  after: number;
  outputs: readonly Output[];
}

/** A signal; one marked as in `results`; word that the signal goes to `others`; or that the operator threw. */
export type Output = { signal: Flow } | { marked: number } | { others: true } | { failed: Failed };

/** What an operator threw. */
export interface Failed {
  message: string;
  stack: string | undefined;
}

/** The result of a signal that gave anything but itself, marked; others are as `markOf` says. */
export const many = -1;
