import type { Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { DecisionFile } from '../../run/decisions/decisionFile.ts';
import { RecallWriter } from '../../run/recall/recallWriter.ts';
import type { Signal } from '../../signal.ts';
import { cutDecisions, decisionsFolder, measureDecisions } from '../../store/decisions.ts';
import type { SinkDecision } from '../../findings/whyNot/decision.ts';
import type { Leaving } from '../machines/messages.ts';
import { MemoryReader, type MemoryReaderOptions } from './memoryReader.ts';

/** Least time between two writings, as a multiple of what the last one took, where that is more than this, milliseconds. */
const pauseFactor = 50;
const leastPause = 10_000;

export interface RunRecordsOptions extends Pick<MemoryReaderOptions, 'transport' | 'maker' | 'shared' | 'partitions'> {
  io: Io;
  dataDir: string;
  /** Resolves once whoever works on memories in this process has saved them, where they end with this one. */
  settled?(): Promise<void>;
  /** Sees what leaves the last operators, but events and rejected records. */
  seen?(signal: Signal): void;
}

/**
 * What is kept of a run beside its output, in the folder that is written into: what it knows, for `explain` and `context`, and
 * what was decided, for `why-not`. It follows what leaves the desk; memories are looked at as their owners save them.
 */
export class RunRecords {
  readonly #pipeline: Pipeline;
  readonly #options: RunRecordsOptions;
  readonly #folder: string;
  #recall!: RecallWriter;
  #memories!: MemoryReader;
  #decisions!: DecisionFile;
  /** The input is over: its memories are known as they were at its end. */
  #isOver = false;
  /** The memories are being looked at. */
  #looking: Promise<void> | null = null;
  #stopLooking = () => undefined as void;
  #failure: unknown = null;
  /** Something was seen since what is known was written, and from when on it may be again: it takes its share of the time at most. */
  #isBehind = false;
  #mayFrom = Number.NEGATIVE_INFINITY;

  constructor(pipeline: Pipeline, options: RunRecordsOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#folder = decisionsFolder(options.dataDir, pipeline.name);
  }

  get pipeline(): Pipeline {
    return this.#pipeline;
  }

  /** What it knows, and the board a person would have in front of them. */
  get recall(): RecallWriter {
    return this.#recall;
  }

  /** Why they could not be kept the last time; null when they could. They are derived: nothing depends on them. */
  get failure(): unknown {
    return this.#failure ?? this.#recall.failure ?? this.#decisions.failure;
  }

  /** Goes on behind a place: what was decided since is taken back. `sizes` are those of `place`; null where none are known. */
  async open(sizes: Readonly<Record<string, number>> | null): Promise<void> {
    await this.#looking;
    await (this.#decisions as DecisionFile | undefined)?.flush();
    if (sizes) await this.#attempt(() => cutDecisions(this.#options.io.files, this.#folder, sizes));
    this.#begin();
    this.#stopLooking();
    this.#stopLooking = this.#options.io.every(leastPause, () => this.#lookNow());
  }

  /** It looks at nothing any more. */
  async close(): Promise<void> {
    this.#stopLooking();
    await this.#looking;
  }

  /** Takes what leaves the desk. */
  take({ seen, decisions }: Pick<Leaving, 'seen' | 'decisions'>): void {
    if (seen.length > 0) this.#isBehind = true;
    for (const signal of seen) {
      this.#recall.see(signal);
      this.#options.seen?.(signal);
    }
    this.#decisions.add(decisions);
  }

  /** Takes what a sink made of a finding. */
  readonly decided = (decision: SinkDecision): void => this.#decisions.decided(decision);

  /** The input is over at that message, and what leaves with it comes yet. */
  async end(n: number): Promise<void> {
    await this.#looking;
    this.#isOver = true;
    this.#isOver = (await this.#attempt(() => this.#memories.close(n))) === true;
  }

  /** Where it stands: how large what was decided is, by day; null where that cannot be found out. */
  async place(): Promise<Record<string, number> | null> {
    // What was seen up to here is not given again.
    if (this.#isBehind && this.#options.io.monotonic() >= this.#mayFrom) this.#write();
    await this.#decisions.flush();
    return this.#attempt(() => measureDecisions(this.#options.io.files, this.#folder));
  }

  /** Keeps what is known now. */
  async keep(): Promise<void> {
    await this.#looking;
    if (!this.#isOver) {
      await this.#options.settled?.();
      await this.#attempt(() => this.#memories.load());
    }
    this.#write();
    await this.#decisions.flush();
  }

  #begin(): void {
    const { io, dataDir, transport, maker, shared, partitions } = this.#options;
    const { name } = this.#pipeline;
    const recall = new RecallWriter({ io, dataDir, name, isAsked: true });
    // At the end each is looked at when it has closed, as without an engine.
    const { operators } = recall.watch(this.#pipeline, (memory) => this.#isOver || recall.look(memory));
    this.#recall = recall;
    this.#memories = new MemoryReader({ transport, maker, operators, shared, partitions });
    this.#decisions = new DecisionFile(io.files, dataDir, this.#pipeline);
    this.#isOver = false;
  }

  /** Looks, where nobody does and enough time has gone by. */
  #lookNow(): void {
    if (this.#isOver || this.#options.io.monotonic() < this.#mayFrom) return;
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
  }

  /** Looks at what was saved of the memories, and writes what is known, where that is more than what is written. */
  async #look(): Promise<void> {
    const began = this.#options.io.monotonic();
    const isMore = await this.#attempt(() => this.#memories.load());
    if (isMore === true || this.#isBehind) this.#write(began);
  }

  #write(began = this.#options.io.monotonic()): void {
    this.#recall.keepsUnseen = !this.#isOver;
    this.#recall.write();
    this.#isBehind = false;
    const now = this.#options.io.monotonic();
    this.#mayFrom = now + Math.max(0, pauseFactor * (now - began) - leastPause);
  }

  /** What cannot be read or written ends no run: it is told. */
  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const done = await work();
      this.#failure = null;
      return done;
    } catch (error) {
      this.#failure = error;
      return null;
    }
  }
}
