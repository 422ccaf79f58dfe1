import { join } from 'node:path';
import { MachineFailure, memorySpill, type Spill } from '../kernel/defineOperator.ts';
import type { Json } from '../event.ts';
import { ArrivalJournal } from './intake/arrivalJournal.ts';
import { Checkpointer } from './checkpoint/checkpointer.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { Delivery } from './delivery/delivery.ts';
import { drainDeadline } from './drainDeadline.ts';
import { tickEvery } from './intake/feed.ts';
import { InFlight } from './inFlight.ts';
import { Intake, isLive } from './intake/intake.ts';
import { KeptHeads } from './checkpoint/keptHeads.ts';
import { LiveClock } from './intake/liveClock.ts';
import { progressOf, Tally, type RunFigures, type RunReport } from './report.ts';
import { runFailure } from './runFailure.ts';
import type { RunOptions } from './runOptions.ts';
import { operatorHeads, savedStates, type Snapshot, type SnapshotHead } from './checkpoint/snapshot.ts';
import type { Taken } from './intake/taken.ts';
import { throwFirst } from './throwFirst.ts';
import { VectorProvider } from './vectors/vectorProvider.ts';
import { VectorJournal } from './vectors/vectorJournal.ts';
import { Work } from './work.ts';

export type { Checkpoints, Failure } from './checkpoint/checkpointer.ts';
export type { RunOptions } from './runOptions.ts';

/** One run of a pipeline: pull, push through the operators, await every sink, pull again. */
export class Run {
  readonly #pipeline: Pipeline;
  readonly #options: RunOptions;
  readonly #tally = new Tally();
  readonly #abort = new AbortController();
  readonly #clock: LiveClock;
  readonly #inFlight: InFlight;
  readonly #delivery: Delivery;
  readonly #checkpointer: Checkpointer | null;
  readonly #heads = new KeptHeads();
  readonly #spill: Spill;
  #intake!: Intake;
  #work!: Work;
  #journal: ArrivalJournal | null = null;
  #vectors: VectorProvider | null = null;
  /** Something has changed that no checkpoint holds. */
  #unsaved = true;

  constructor(pipeline: Pipeline, options: RunOptions) {
    const { io, checkpoints, replay } = options;
    this.#pipeline = pipeline;
    this.#spill = replay ? memorySpill(replay.spilled) : (checkpoints?.spill ?? memorySpill());
    this.#options = options;
    this.#clock = new LiveClock(io, 2 * tickEvery);
    this.#inFlight = new InFlight(() => io.monotonic());
    this.#delivery = new Delivery(pipeline, this.#inFlight);
    this.#checkpointer = checkpoints ? new Checkpointer(checkpoints, { io, done: (head) => this.#committed(head) }) : null;
  }

  /**
   * Runs to the end of the input, or until it is stopped.
   * Throws a CaducusError when a source, an operator, a sink or the disk fails, and CAD050 when a stopped run does not come
   * to its end in time.
   */
  async execute(): Promise<RunReport> {
    const { stop } = this.#options;
    const over = new AbortController();
    stop?.addEventListener('abort', () => this.#abort.abort(), { once: true, signal: over.signal });
    if (stop?.aborted) this.#abort.abort();
    try {
      return await Promise.race([
        this.#run(),
        drainDeadline(this.#options, over.signal, () => [...this.#inFlight.describe(), ...this.#delivery.describe()]),
      ]);
    } catch (error) {
      throw runFailure(error, Boolean(this.#work?.pushed && this.#options.checkpoints));
    } finally {
      over.abort();
    }
  }

  async #run(): Promise<RunReport> {
    const { io, checkpoints, record, replay } = this.#options;
    const began = io.monotonic();
    let failed = true;
    try {
      const snapshot = replay ? replay.snapshot : ((await checkpoints?.restore()) ?? null);
      await this.#open(snapshot);
      await record?.snapshot(snapshot && { ...snapshot, sinks: [] }, this.#spill);
      // A sink that goes on behind what it finds must know, after a crash, what it found.
      if (checkpoints && !this.#pipeline.sinks.every(({ id }) => snapshot?.sinks.some((s) => s.id === id))) await this.#checkpoint(true);
      await this.#loop();
      const stopped = this.#abort.signal.aborted;
      // Windows that are still open stay in the last checkpoint; a run that keeps none closes them now.
      const closes = replay ? replay.closes : !stopped || !checkpoints;
      if (closes) await this.#work.end();
      await this.#delivery.deliver();
      await this.#delivery.flush();
      failed = false;
      await record?.finish({ ended: stopped ? 'stopped' : 'input ended', closed: closes, newest: this.#work.newest });
      return this.#report(stopped ? 'stopped' : 'input ended', io.monotonic() - began);
    } catch (error) {
      const pushed = this.#work?.pushed;
      if (error instanceof MachineFailure && pushed)
        await checkpoints?.failed?.({ ...pushed, operator: error.operator, reason: error.message });
      throw error;
    } finally {
      this.#abort.abort();
      await this.#checkpointer?.stop();
      const closed = await Promise.allSettled([
        this.#inFlight.during('sources', 'closing', async () => this.#intake?.close()),
        this.#delivery.close(),
        this.#vectors?.close(),
      ]);
      // After a failure, what went wrong first is what is reported.
      if (!failed) throwFirst(closed);
    }
  }

  async #loop(): Promise<void> {
    for await (const taken of this.#intake.arrivals()) {
      const provisional = this.#checkpointer !== null && this.#intake.isProvisional(taken);
      // What is given again next time must not be in the last checkpoint.
      if (provisional) await this.#checkpoint(true);
      await this.#take(taken);
      if (taken.index < 0 || this.#delivery.isFull || this.#intake.live) await this.#delivery.deliver();
      this.#checkpointer?.check();
      if (provisional) this.#unsaved = false;
      else if (this.#isDue(taken)) await this.#checkpoint(false);
      if (this.#options.record?.due(taken.records.length)) await this.#record();
      this.#options.progress?.({ ...progressOf(this.#intake.sources), newest: this.#work.newest });
    }
    await this.#delivery.deliver();
    await this.#checkpointer?.settle();
    // While the journal is worked through again, only the checkpoint it was read from fits. Nothing waits for this one.
    if (this.#checkpointer && this.#unsaved && !this.#intake.replaying) await this.#checkpoint(true);
  }

  /** A snapshot for the recording, at a quiescent point. */
  async #record(): Promise<void> {
    await this.#delivery.deliver();
    await this.#options.record!.snapshot(
      { ...this.#head(), sinks: [], operators: savedStates(this.#pipeline.operators, this.#work.engine.instances) },
      this.#spill,
    );
  }

  #isDue({ index, records }: Taken): boolean {
    const work = index < 0 ? Number(this.#unsaved) : records.length;
    return (this.#options.checkpoints?.due(work) ?? false) && !this.#checkpointer!.running && !this.#intake.replaying;
  }

  async #open(snapshot: Snapshot | null): Promise<void> {
    const { io, dataDir, checkpoints, record, replay } = this.#options;
    const pipeline = this.#pipeline;
    const live = isLive(pipeline);
    if (snapshot) this.#clock.restore(snapshot.clock);
    await this.#openVectors(checkpoints?.folder, snapshot?.vectors ?? null);
    await this.#delivery.open({ ...this.#options, standing: () => ({ live, newest: this.#work?.newest ?? null }) }, snapshot?.sinks ?? []);
    if (checkpoints?.folder !== undefined && pipeline.checkpoint.journal && live) {
      this.#journal = await ArrivalJournal.open(io.files, join(checkpoints.folder, 'arrivals'), snapshot?.journal ?? null);
    }
    this.#intake = new Intake(pipeline, snapshot?.sources ?? [], {
      io,
      dataDir,
      stateDir: join(dataDir, 'state', pipeline.name),
      signal: this.#abort.signal,
      clock: this.#clock,
      journal: replay ? replay.journal : this.#journal,
      record: record?.journal ?? null,
      replay: replay ?? null,
    });
    this.#work = new Work(
      pipeline,
      { lateness: this.#intake.lateness, merged: !live, now: this.#clock.at },
      {
        tally: this.#tally,
        failures: (await checkpoints?.failures?.()) ?? [],
        spill: this.#spill,
        vectors: this.#vectors,
        see: (signal) => {
          this.#tally.see(signal);
          this.#options.observe?.(signal);
        },
        attach: (engine) => this.#delivery.attach(engine),
        beforeTrial: () => this.#beforeTrial(),
        afterFailure: () => {
          this.#delivery.discard();
          this.#checkpointer?.forget();
        },
      },
    );
    if (snapshot) this.#work.load(snapshot);
  }

  /** A model that is missing is said before anything else is opened. */
  async #openVectors(folder: string | undefined, from: Json): Promise<void> {
    const { io, replayVectors } = this.#options;
    const replay = replayVectors !== undefined;
    const journal = replayVectors ?? (folder && join(folder, 'vectors'));
    this.#vectors = await VectorProvider.open(
      this.#pipeline.operators,
      { io, stop: this.#abort.signal, inFlight: this.#inFlight },
      { replay },
    );
    if (this.#vectors && journal) this.#vectors.use(await VectorJournal.open(io.files, journal, { from, replay }));
  }

  async #beforeTrial(): Promise<void> {
    await this.#delivery.deliver();
    await this.#checkpointer?.settle();
    this.#options.checkpoints?.hold?.();
  }

  async #take(taken: Taken): Promise<void> {
    const { index, at } = taken;
    if (index >= 0) {
      this.#unsaved = true;
      await this.#work.take(this.#intake.sources[index]!, taken);
      this.#intake.passed(taken);
    } else if (await this.#work.quiet(at)) {
      this.#unsaved = true;
      await this.#intake.moved(at);
    }
  }

  /** At a quiescent point: flush the sinks, then save everything; `settled` waits until it is on disk. */
  async #checkpoint(settled: boolean): Promise<void> {
    const began = this.#options.io.monotonic();
    await this.#checkpointer!.settle();
    await this.#delivery.deliver();
    await this.#delivery.flush();
    this.#unsaved = false;
    this.#checkpointer!.begin(this.#head(), operatorHeads(this.#pipeline.operators), this.#work.engine.instances);
    this.#checkpointer!.paused(this.#options.io.monotonic() - began);
    if (settled) await this.#inFlight.during('checkpoint', 'being written', () => this.#checkpointer!.settle());
  }

  #head(): Omit<SnapshotHead, 'operators'> {
    return {
      version: 2,
      pipeline: this.#pipeline.name,
      ...this.#work.save(),
      clock: this.#clock.at,
      sources: this.#intake.states,
      sinks: this.#delivery.positions(),
      journal: this.#journal?.position ?? null,
      vectors: this.#vectors?.position ?? null,
    };
  }

  /** A checkpoint is on disk: the outside may know, and what only older ones needed can go. */
  async #committed(head: SnapshotHead): Promise<void> {
    await this.#intake.commit(head.sources);
    const oldest = this.#heads.push(head);
    if (!oldest) return;
    await this.#intake.release(oldest.sources, oldest.journal);
    // A recording takes its vectors along at the end.
    if (!this.#options.record) await this.#vectors?.release(oldest.vectors ?? null);
  }

  /** How the run stands, at any moment; null before its sources are open. */
  figures(): RunFigures | null {
    return this.#work ? { report: this.#report('stopped', 0), ...this.#work.save(), live: this.#intake.live } : null;
  }

  #report(reason: RunReport['reason'], took: number): RunReport {
    return {
      pipeline: this.#pipeline.name,
      reason,
      took,
      sources: this.#intake.reports(),
      operators: this.#pipeline.operators.map(({ id }) => ({ id, ...this.#work.engine.instances.get(id)!.counters })),
      sinks: this.#delivery.reports(),
      ...this.#tally.figures(),
      longestPause: this.#checkpointer?.longestPause ?? 0,
      embedders: this.#vectors?.reports ?? [],
    };
  }
}
