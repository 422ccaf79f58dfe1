import { MachineFailure } from '../kernel/defineOperator.ts';
import type { Signal } from '../signal.ts';
import type { Failure } from './checkpoint/checkpointer.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { EngineCopy, setAside } from './engineCopy.ts';
import type { Tally } from './report.ts';
import { restoreOperators, type Snapshot, type SnapshotHead } from './checkpoint/snapshot.ts';
import type { SourceRun } from './intake/sourceRun.ts';
import type { Taken } from './intake/taken.ts';
import { Watermark, type Lateness } from './intake/watermark.ts';

export interface WorkOptions extends EngineOptions {
  tally: Tally;
  /** Records that earlier runs failed at. */
  failures: readonly Pick<Failure, 'source' | 'record'>[];
  /** Connects the sink buffers to operators that were just built. */
  attach(engine: Engine): void;
  /** Makes everything before a record safe, so that it can be tried. */
  beforeTrial(): Promise<void>;
  /** What the operators had given of a trial is void, and they have been built anew. */
  afterFailure(): void;
}

/** What a run does with what comes in: event time moves on, records go through the operators. Only the arrivals decide. */
export class Work {
  engine: Engine;
  readonly #pipeline: Pipeline;
  readonly #options: WorkOptions;
  readonly #watermark: Watermark;
  readonly #suspects = new Map<string, Set<number>>();
  /** The source whose record is being pushed; null while only event time moves. */
  #pushed: SourceRun | null = null;

  constructor(pipeline: Pipeline, sources: { lateness: readonly Lateness[]; merged: boolean; now: number }, options: WorkOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#watermark = new Watermark(sources.lateness, sources);
    this.#setAside();
    for (const { source, record } of options.failures) this.#suspects.set(source, (this.#suspects.get(source) ?? new Set()).add(record));
    this.engine = this.#build();
  }

  load(snapshot: Snapshot): void {
    restoreOperators(snapshot, this.engine.instances);
    this.#watermark.load(snapshot.progress);
    this.#setAside();
    if (snapshot.watermark !== null) this.engine.clock.restore(snapshot.watermark);
  }

  /** Its part of a checkpoint. */
  save(): Pick<SnapshotHead, 'newest' | 'watermark' | 'progress'> {
    const { now } = this.engine.clock;
    return { newest: this.#watermark.newest, watermark: Number.isFinite(now) ? now : null, progress: this.#watermark.save() };
  }

  /** The record at which an operator has thrown, if it was at a record. */
  get pushed(): { source: string; record: number } | null {
    return this.#pushed && { source: this.#pushed.state.id, record: this.#pushed.state.read };
  }

  /** Newest event time, milliseconds; null before the first record. */
  get newest(): number | null {
    return this.#watermark.newest;
  }

  async take(source: SourceRun, { index, at, records, watermark: complete, ended }: Taken): Promise<void> {
    if (ended) return this.#watermark.ended(index);
    this.#watermark.arrived(index, at);
    const suspects = this.#suspects.get(source.node.id);
    for (const record of records) {
      if (suspects?.has(source.state.read + 1)) await this.#try(source, index, record);
      else {
        const waits = this.#push(source, index, record);
        if (waits) await waits;
      }
    }
    if (complete === undefined) return;
    this.#watermark.complete(index, complete);
    await this.#advance(this.#watermark.least());
  }

  /** Nothing came for a while. Returns whether that moved event time. */
  async quiet(at: number): Promise<boolean> {
    const time = this.#watermark.quiet(at);
    if (time <= this.engine.clock.now) return false;
    await this.#advance(time);
    return true;
  }

  /** The input is over: what is open closes. */
  async end(): Promise<void> {
    await this.#options.vectors?.beforeEnd(this.engine);
    this.engine.end();
  }

  /** Sources that accompany others hold none of them back, not even while they have nothing to say. */
  #setAside(): void {
    for (const [index, { source }] of this.#pipeline.sources.entries()) if (source.spec.accompanies) this.#watermark.ended(index);
  }

  #build(): Engine {
    const engine = new Engine(this.#pipeline, this.#options);
    this.#options.attach(engine);
    engine.connect();
    return engine;
  }

  /** Event time moves on; a promise only where an operator waits for vectors: one a record would cost more than the record. */
  #advance(time: number): Promise<void> | undefined {
    return this.engine.advance(time) ? undefined : this.#options.vectors!.reach(this.engine, time);
  }

  #push(source: SourceRun, index: number, record: Signal): Promise<void> | undefined {
    const { report, state } = source;
    report.read += 1;
    state.read += 1;
    if (record.kind === 'rejected') report.rejected += 1;
    else {
      report.accepted += 1;
      if (record.time >= source.newest) source.newest = record.time;
      else source.disordered += 1;
      const waits = this.#moveTo(source, index, record);
      if (waits) return waits.then(() => this.#enter(source, record));
    }
    this.#enter(source, record);
    return undefined;
  }

  #enter(source: SourceRun, record: Signal): void {
    this.#pushed = source;
    this.engine.push(source.state.id, record);
    this.#pushed = null;
  }

  #moveTo({ node }: SourceRun, index: number, record: Signal): Promise<void> | undefined {
    if (node.source.spec.accompanies) return undefined;
    this.#options.tally.event(record.time);
    return this.#advance(this.#watermark.record(index, record));
  }

  /** A record that an operator threw at before: should it throw again, all is as before it, and the record is set aside. */
  async #try(source: SourceRun, index: number, record: Signal): Promise<void> {
    await this.#options.beforeTrial();
    const before = new EngineCopy(this.engine);
    try {
      await this.#push(source, index, record);
    } catch (error) {
      // An operator that fails when time moves fails at any record.
      if (!(error instanceof MachineFailure) || this.#pushed === null) throw error;
      this.#pushed = null;
      this.#options.afterFailure();
      this.engine = this.#build();
      before.restore(this.engine);
      source.report.accepted -= 1;
      source.report.rejected += 1;
      await this.#moveTo(source, index, record);
      this.engine.push(source.state.id, setAside(source.state.id, record, error));
    }
  }
}
