import type { Arrival } from '../../arrival.ts';
import type { Instance } from '../../kernel/defineOperator.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { leaves } from '../../pipeline/leaves.ts';
import type { SignalObserver } from '../../pipeline/wire.ts';
import type { Signal } from '../../signal.ts';
import { restoreOperators, savedStates, type Snapshot, type SnapshotHead } from '../checkpoint/snapshot.ts';
import { Watermark, type Lateness } from '../intake/watermark.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { TapBuffer, type Tap, type Tapped } from './tap.ts';

export interface StageOptions {
  /** By source, in the order of the pipeline. */
  lateness: readonly Lateness[];
  /** The sources come merged by event time: they share one watermark. */
  merged: boolean;
  /** Time of the run's clock at the start, milliseconds. */
  now: number;
  /** Whether an operator may be ticked; one that lacks vectors may not. All may when left out. */
  ready?: ((instances: ReadonlyMap<string, Instance>, member: unknown) => boolean) | undefined;
  /** Asked before each tick and each record: true to stop there for a while. Nothing that leaves the stage depends on it. */
  pauses?: (() => boolean) | undefined;
  /** By operator, what is wired in its place. */
  standIns?: EngineOptions['standIns'];
  /** Where signals leave, beside the ends of the chain. */
  taps: readonly Tap[];
}

/** What has left a stage. */
export interface StageOutput {
  /** The last operators, every signal. */
  ends: Signal[];
  /** Each tap, in the order of the taps. */
  taps: Tapped[];
}

/** How far a stage has come with an arrival, and what left it meanwhile. */
export interface StageResult {
  /** Records of the arrival that are worked on. */
  done: number;
  /** Event time on the way to which it stopped: to pause, or because an operator lacks vectors; null when all is done. */
  waiting: number | null;
  out: StageOutput;
}

/** Event time around the records of an arrival, milliseconds; -Infinity before the first. */
export interface ArrivalTimes {
  before: Float64Array;
  behind: number;
}

/** Everything a stage is, as JSON. */
export type SavedStage = Pick<Snapshot, 'newest' | 'watermark' | 'progress' | 'operators'>;

/**
 * A slice of the operator chain as a fold over arrivals: event time moves on, records go through the operators, signals
 * come out. It never waits, calls nobody and reads no clock: equal arrivals give equal signals, however they were cut.
 */
export class Stage {
  readonly #pipeline: Pipeline;
  readonly #options: StageOptions;
  readonly #engine: Engine;
  readonly #watermark: Watermark;
  readonly #ends: TapBuffer;
  readonly #taps: TapBuffer[];
  readonly #indexes: ReadonlyMap<string, number>;
  /** How far event time has come by `times`, which is ahead of what was worked on. */
  #ahead = Number.NEGATIVE_INFINITY;
  /** Record of the arrival that is being pushed; null while only event time moves. */
  #pushing: number | null = null;

  constructor(pipeline: Pipeline, options: StageOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#indexes = new Map(pipeline.sources.map(({ id }, index) => [id, index]));
    this.#watermark = new Watermark(options.lateness, options);
    this.#setAside();
    this.#engine = new Engine(pipeline, options);
    const buffer = (from: readonly string[], kinds: Tap['kinds']) => {
      const tap = new TapBuffer(kinds);
      this.#engine.listen(from, tap);
      return tap;
    };
    this.#ends = buffer(leaves(pipeline.operators), null);
    this.#taps = options.taps.map(({ from, kinds }) => buffer(from, kinds));
  }

  /** Lets somebody see what leaves these operators (the ends of the chain for null), until what it returns is called. */
  watch(from: readonly string[] | null, watcher: SignalObserver): () => void {
    return this.#engine.listen(from ?? leaves(this.#pipeline.operators), watcher);
  }

  /** The same stage before its first arrival. */
  anew(): Stage {
    return new Stage(this.#pipeline, this.#options);
  }

  get instances(): ReadonlyMap<string, Instance> {
    return this.#engine.instances;
  }

  get clock(): { readonly now: number } {
    return this.#engine.clock;
  }

  /** Newest event time, milliseconds; null before the first record. */
  get newest(): number | null {
    return this.#watermark.newest;
  }

  /** Which record of the arrival an operator has thrown at; null when it threw while only event time moved. */
  get failedAt(): number | null {
    return this.#pushing;
  }

  /** Works on an arrival from one of its records on. Throws the MachineFailure of an operator; the stage is then void. */
  push(arrival: Arrival, from = 0): StageResult {
    const { source, at, records, watermark: complete, ended } = arrival;
    const index = this.#indexes.get(source!)!;
    if (ended) {
      this.#watermark.ended(index);
      return this.#result(records.length);
    }
    this.#watermark.arrived(index, at);
    const input = this.#engine.input(source!);
    const moves = !this.#pipeline.sources[index]!.source.spec.accompanies;
    for (let i = from; i < records.length; i += 1) {
      if (i > from && this.#engine.pauses()) return this.#result(i, this.#engine.clock.now);
      const record = records[i]!;
      if (moves && record.kind !== 'rejected') {
        const time = this.#watermark.record(index, record);
        if (!this.#engine.advance(time)) return this.#result(i, time);
      }
      this.#pushing = i;
      this.#engine.push(input, record);
      this.#pushing = null;
    }
    if (complete === undefined) return this.#result(records.length);
    this.#watermark.complete(index, complete);
    return this.#reach(this.#watermark.least(), records.length);
  }

  /** Nothing came until that time of the run's clock, milliseconds: event time may go on without a record. */
  advance(at: number): StageResult {
    return this.#reach(this.#watermark.quiet(at), 0);
  }

  /**
   * How event time goes on with an arrival, in two steps with `tick` and `put`: the time that is reached before each of its
   * records, and behind them. Nothing is worked on yet.
   */
  times({ source, at, records, watermark: complete, ended }: Arrival): ArrivalTimes {
    const before = new Float64Array(records.length);
    const index = this.#indexes.get(source!)!;
    if (ended) this.#watermark.ended(index);
    else this.#watermark.arrived(index, at);
    const moves = !this.#pipeline.sources[index]!.source.spec.accompanies;
    for (const [i, record] of ended ? [] : records.entries()) {
      if (moves && record.kind !== 'rejected') this.#ahead = Math.max(this.#ahead, this.#watermark.record(index, record));
      before[i] = this.#ahead;
    }
    if (complete !== undefined && !ended) {
      this.#watermark.complete(index, complete);
      this.#ahead = Math.max(this.#ahead, this.#watermark.least());
    }
    return { before, behind: this.#ahead };
  }

  /** How far event time has come by `times` and `quietTime`. */
  get ahead(): number {
    return this.#ahead;
  }

  /** As above, where nothing came until that time of the run's clock. */
  quietTime(at: number): number {
    this.#ahead = Math.max(this.#ahead, this.#watermark.quiet(at));
    return this.#ahead;
  }

  /** A record goes in. */
  put(source: string, record: Signal): void {
    this.#engine.push(this.#engine.input(source), record);
  }

  /** Event time goes on by a record that does not itself go in. */
  pass(source: string, record: Signal): StageResult {
    const index = this.#indexes.get(source)!;
    return this.#moves(index, record) ? this.#reach(this.#watermark.record(index, record), 0) : this.#result(0);
  }

  /** Where it stopped it was to pause; no operator lacks anything. */
  get isPaused(): boolean {
    return this.#engine.isPaused;
  }

  /** Goes on towards an event time it had to wait at. False when it has to wait again. */
  tick(time: number): boolean {
    return this.#engine.advance(time);
  }

  /** The input is over: what is open closes. */
  end(): StageOutput {
    this.#engine.end();
    return this.take();
  }

  /** What has left since it was asked last. */
  take(): StageOutput {
    return { ends: this.#ends.take().signals, taps: this.#taps.map((tap) => tap.take()) };
  }

  /** Its part of the head of a checkpoint. */
  head(): Pick<SnapshotHead, 'newest' | 'watermark' | 'progress'> {
    const { now } = this.#engine.clock;
    return { newest: this.newest, watermark: Number.isFinite(now) ? now : null, progress: this.#watermark.save() };
  }

  save(): SavedStage {
    return { ...this.head(), operators: savedStates(this.#pipeline.operators, this.instances) };
  }

  load(saved: SavedStage): void {
    restoreOperators(saved, this.instances);
    this.#watermark.load(saved.progress);
    this.#setAside();
    if (saved.watermark !== null) this.#engine.clock.restore(saved.watermark);
    this.#ahead = this.#engine.clock.now;
  }

  /** Whether event time goes on by a record of that source. */
  #moves(index: number, { kind }: Signal): boolean {
    return kind !== 'rejected' && !this.#pipeline.sources[index]!.source.spec.accompanies;
  }

  #reach(time: number, done: number): StageResult {
    return this.#engine.advance(time) ? this.#result(done) : this.#result(done, time);
  }

  #result(done: number, waiting: number | null = null): StageResult {
    return { done, waiting, out: this.take() };
  }

  /** Sources that accompany others hold none of them back, not even while they have nothing to say. */
  #setAside(): void {
    for (const [index, { source }] of this.#pipeline.sources.entries()) if (source.spec.accompanies) this.#watermark.ended(index);
  }
}
