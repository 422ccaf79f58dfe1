// One file, because the order of a run is its contract: pull, push, deliver, checkpoint, close.
import { MachineFailure } from '../kernel/defineOperator.ts';
import { Checkpointer } from './checkpoint/checkpointer.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { Delivery } from './delivery/delivery.ts';
import { drainDeadline } from './drainDeadline.ts';
import { tickEvery } from './intake/feed.ts';
import { InFlight } from './inFlight.ts';
import { isLive, type Intake } from './intake/intake.ts';
import { openIntake } from './intake/openIntake.ts';
import { commitBehind } from './checkpoint/commitBehind.ts';
import { LiveClock } from './intake/liveClock.ts';
import { summarizeProgress, Tally, type RunFigures, type RunReport } from './report.ts';
import { runFailure } from './runFailure.ts';
import type { Trouble } from '../base/trouble.ts';
import type { RunOptions } from './runOptions.ts';
import { operatorHeads, type Snapshot, type SnapshotHead } from './checkpoint/snapshot.ts';
import { Stage, type StageOutput } from './stage/stage.ts';
import { countSilent } from './intake/countSilent.ts';
import { readContacts } from '../pipeline/contacts.ts';
import { Pace } from './stage/pace.ts';
import { StageDriver } from './stage/stageDriver.ts';
import type { Driver, DriverOptions } from './stage/driver.ts';
import { CutDriver, stretchLength } from './partition/cutDriver.ts';
import { CutOperators } from './partition/cutStage.ts';
import { Watchers } from './stage/watchers.ts';
import type { SignalObserver } from '../pipeline/wire.ts';
import { countRecords } from './intake/sourceRun.ts';
import type { Arrival } from '../arrival.ts';
import { CutShort, StopPatience } from './stopPatience.ts';
import { throwFirst } from './throwFirst.ts';
import { openVectors } from './vectors/openVectors.ts';
import type { VectorProvider } from './vectors/vectorProvider.ts';

export type { Checkpoints } from './checkpoint/checkpointer.ts';
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
  readonly #pace: Pace;
  readonly #patience: StopPatience;
  /** Follows each checkpoint that is on disk. */
  #commit!: (head: SnapshotHead) => Promise<void>;
  #intake!: Intake;
  #driver!: Driver;
  #vectors: VectorProvider | null = null;
  readonly #watchers = new Watchers();
  /** Told to end, it has left work undone. */
  #isCut = false;
  /** Something has changed that no checkpoint holds. */
  #unsaved = true;

  constructor(pipeline: Pipeline, options: RunOptions) {
    const { io, checkpoints } = options;
    this.#pipeline = pipeline;
    this.#options = options;
    this.#clock = new LiveClock(io, 2 * tickEvery);
    this.#inFlight = new InFlight(() => io.monotonic());
    this.#delivery = new Delivery(pipeline, this.#inFlight);
    this.#pace = new Pace(() => io.monotonic());
    this.#patience = new StopPatience(this.#abort.signal, () => io.monotonic());
    const isLate = () => this.#patience.isOver('checkpoint');
    this.#checkpointer = checkpoints ? new Checkpointer(checkpoints, { io, isLate, done: (head) => this.#commit(head) }) : null;
  }

  /**
   * Runs to the end of the input, or until it is stopped. Throws a CaducusError when a source, an operator, a sink or the
   * disk fails, and CAD050 when a stopped run does not come to its end in time.
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
      throw runFailure(error, Boolean(this.#driver?.failed && this.#options.checkpoints));
    } finally {
      over.abort();
    }
  }

  async #run(): Promise<RunReport> {
    const report = await this.#runToEnd();
    // What waits in a sink is delivered as it is closed.
    return { ...report, sinks: this.#delivery.reports() };
  }

  async #runToEnd(): Promise<RunReport> {
    const { io, checkpoints, record, replay } = this.#options;
    const began = io.monotonic();
    let failed = true;
    try {
      const snapshot = replay ? replay.snapshot : ((await checkpoints?.restore()) ?? null);
      await this.#open(snapshot);
      await record?.snapshot(snapshot && { ...snapshot, sinks: [] });
      // A sink that goes on behind what it finds must know, after a crash, what it found.
      if (checkpoints && !this.#pipeline.sinks.every(({ id }) => snapshot?.sinks.some((s) => s.id === id))) await this.#checkpoint(true);
      this.#isCut = await this.#loop().then(() => false, isCutShort);
      if (!(this.#isCut && checkpoints)) await this.#driver.gather();
      const stopped = this.#abort.signal.aborted;
      // As after a kill, but that nobody wrote while it ended.
      if (this.#isCut && checkpoints) {
        failed = false;
        return { ...this.#report('stopped', io.monotonic() - began), cut: true };
      }
      // Windows that are still open stay in the last checkpoint; a run that keeps none closes them now.
      const closes = replay ? replay.closes : !stopped || !checkpoints;
      if (closes) {
        for (const arrival of this.#intake.held()) await this.#work(arrival);
        await this.#driver.end();
      }
      await this.#delivery.deliver();
      await this.#options.confirm?.();
      await this.#delivery.flush();
      failed = false;
      await record?.finish({ ended: stopped ? 'stopped' : 'input ended', closed: closes, newest: this.#driver.stage.newest });
      return this.#report(stopped ? 'stopped' : 'input ended', io.monotonic() - began);
    } catch (error) {
      const failed = this.#driver?.failed;
      if (error instanceof MachineFailure && failed)
        await checkpoints?.failed?.({ ...failed, operator: error.operator, reason: error.message });
      throw error;
    } finally {
      this.#abort.abort();
      await this.#checkpointer?.stop();
      const closed = await Promise.allSettled([
        this.#inFlight.during('sources', 'closing', async () => this.#intake?.close()),
        this.#delivery.close(),
        this.#vectors?.close(),
        this.#driver?.close(),
        this.#options.parsing?.close(),
      ]);
      // After a failure, what went wrong first is what is reported.
      if (!failed) throwFirst(closed);
    }
  }

  async #loop(): Promise<void> {
    for await (const arrival of this.#intake.arrivals()) {
      const provisional = this.#checkpointer !== null && this.#intake.isProvisional(arrival);
      // What is given again next time must not be in the last checkpoint.
      if (provisional) await this.#checkpoint(true);
      const wait = this.#work(arrival);
      if (wait) await wait;
      if (arrival.source === null || this.#delivery.isFull || this.#intake.live) await this.#delivery.deliver();
      this.#checkpointer?.check();
      if (provisional) this.#unsaved = false;
      // While the journal is worked through again nothing waits, and a program that dies of it must get on each time.
      else if (this.#isDue(arrival)) await this.#checkpoint(this.#intake.replaying);
      if (this.#options.record?.due(arrival.records.length)) await this.#record();
      this.#options.progress?.({ ...summarizeProgress(this.#intake.sources), newest: this.#driver.stage.newest });
    }
    await this.#driver.settle();
    await this.#delivery.deliver();
    await this.#checkpointer?.settle();
    // Nothing waits for this one.
    if (this.#checkpointer && this.#unsaved) await this.#checkpoint(true);
  }

  /** A snapshot for the recording, at a quiescent point. */
  async #record(): Promise<void> {
    await this.#driver.settle();
    await this.#delivery.deliver();
    await this.#checkpointer?.settle();
    await this.#options.record!.snapshot({ ...this.#head(), sinks: [], ...(await this.#driver.save()) });
  }

  #isDue({ source, records }: Arrival): boolean {
    const work = source === null ? Number(this.#unsaved) : records.length;
    return (this.#options.checkpoints?.due(work) ?? false) && !this.#checkpointer!.running;
  }

  async #open(snapshot: Snapshot | null): Promise<void> {
    const { checkpoints, record } = this.#options;
    const pipeline = this.#pipeline;
    const live = isLive(pipeline);
    if (snapshot) this.#clock.restore(snapshot.clock);
    this.#vectors = await openVectors(pipeline.operators, this.#options, {
      from: snapshot?.vectors ?? null,
      stop: this.#abort.signal,
      inFlight: this.#inFlight,
    });
    await this.#delivery.open(
      {
        ...this.#options,
        contacts: await readContacts(pipeline, this.#options.io),
        standing: () => ({
          live,
          newest: this.#driver?.stage.newest ?? null,
          troubles: this.#troubles(),
          ...(live && this.#intake && countSilent(this.#intake.sources, this.#clock.at)),
        }),
      },
      snapshot?.sinks ?? [],
    );
    this.#intake = await openIntake(pipeline, this.#options, { snapshot, clock: this.#clock, signal: this.#abort.signal });
    const vectors = this.#vectors;
    this.#commit = commitBehind(this.#intake, vectors, { keepsVectors: record !== undefined });
    const failures = (await checkpoints?.failures?.()) ?? [];
    const parted = this.#isPlain(failures) ? this.#options.partitions : undefined;
    const cut = parted && new CutOperators(parted.cut, parted.count);
    const stage = new Stage(pipeline, {
      lateness: this.#intake.lateness,
      merged: !live,
      now: this.#clock.at,
      ready: vectors ? (instances, member) => vectors.ready(instances, member) : undefined,
      pauses: () => this.#pace.isDue(),
      standIns: cut?.standIns,
      taps: this.#delivery.taps,
    });
    if (snapshot) stage.load(snapshot);
    const driven: DriverOptions = {
      vectors,
      live,
      monotonic: () => this.#options.io.monotonic(),
      failures,
      countRecords: (source) => this.#intake.of(source).state.read,
      emit: (out) => this.#emit(out),
      breathe: () => this.#breathe(),
      worked: (source, records) => countRecords(this.#intake.of(source), records),
      beforeTrial: async () => {
        await this.#delivery.deliver();
        await this.#checkpointer?.settle();
      },
      afterFailure: () => {
        this.#checkpointer?.forget();
        this.#watchers.attach(this.#driver.stage);
      },
      afterGather: () => this.#checkpointer?.forget(),
    };
    if (cut) {
      const driver = new CutDriver(stage, cut, parted!.open(), { ...driven, isLookedAt: parted!.isLookedAt, stretch: stretchLength });
      this.#driver = driver;
      await driver.scatter();
    } else this.#driver = new StageDriver(stage, driven);
    this.#watchers.attach(stage);
  }

  /** Whether no record is to come that is tried by itself, because an operator failed at it before. */
  #isPlain(failures: DriverOptions['failures']): boolean {
    const tried = failures.find(({ source, record }) => {
      const known = this.#intake.sources.find(({ node }) => node.id === source);
      return known !== undefined && record > known.state.read;
    });
    if (tried)
      this.#options.partitions?.refused(`record ${tried.record} of ${tried.source}, at which an operator failed, is tried by itself`);
    return tried === undefined;
  }

  /** Undefined where it is done with at once. */
  #work(arrival: Arrival): Promise<void> | undefined {
    if (arrival.source === null) return this.#advance(arrival.at);
    this.#unsaved = true;
    const wait = this.#driver.push(arrival);
    if (wait) return wait.then(() => this.#intake.passed(arrival));
    this.#intake.passed(arrival);
    return undefined;
  }

  async #advance(at: number): Promise<void> {
    if (!(await this.#driver.advance(at))) return;
    this.#unsaved = true;
    await this.#intake.moved(at);
  }

  /** In the midst of work: lets the world speak, and looks whether it has told the run to end. Throws CutShort where that was long ago. */
  async #breathe(): Promise<void> {
    if (this.#delivery.isFull) await this.#delivery.deliver();
    await this.#options.io.sleep(0);
    if (this.#patience.isOver('work') && !this.#isCut) throw new CutShort();
    this.#pace.begin();
  }

  #emit({ ends, taps }: StageOutput): void {
    for (const signal of ends) {
      this.#tally.see(signal);
      this.#options.observe?.(signal);
    }
    this.#delivery.take(taps);
  }

  /** At a quiescent point: flush the sinks, then save everything; `settled` waits until it is on disk. */
  async #checkpoint(settled: boolean): Promise<void> {
    const began = this.#options.io.monotonic();
    await this.#checkpointer!.settle();
    await this.#driver.beforeCopy();
    await this.#delivery.deliver();
    await this.#options.confirm?.();
    await this.#delivery.flush();
    this.#unsaved = false;
    this.#checkpointer!.begin(this.#head(), operatorHeads(this.#pipeline.operators), this.#driver.copied);
    this.#checkpointer!.paused(this.#options.io.monotonic() - began);
    if (settled) await this.#inFlight.during('checkpoint', 'being written', () => this.#checkpointer!.settle());
  }

  #head(): Omit<SnapshotHead, 'operators'> {
    return {
      version: 2,
      pipeline: this.#pipeline.name,
      ...this.#driver.stage.head(),
      clock: this.#clock.at,
      sources: this.#intake.states,
      sinks: this.#delivery.positions(),
      journal: this.#intake.journalPosition,
      vectors: this.#vectors?.position ?? null,
    };
  }

  /** Looks at what leaves these operators (the ends of the chain for null), until what it returns is called. */
  watch(from: readonly string[] | null, watcher: SignalObserver): () => void {
    return this.#watchers.add(from, watcher);
  }

  /** How the run stands, at any moment; null before its sources are open. */
  figures(): RunFigures | null {
    return this.#driver ? { report: this.#report('stopped', 0), ...this.#driver.stage.head(), live: this.#intake.live } : null;
  }

  /** Sinks that deliver nothing, and sources that give nothing. */
  #troubles(): ({ type: 'sink' | 'source'; id: string } & Trouble)[] {
    return [...(this.#intake?.troubles() ?? []), ...this.#delivery.troubles()];
  }

  #report(reason: RunReport['reason'], took: number): RunReport {
    const { instances } = this.#driver.stage;
    return {
      ...{ pipeline: this.#pipeline.name, reason, took },
      sources: this.#intake.reports(),
      operators: this.#pipeline.operators.map(({ id }) => {
        const { counters, folded } = instances.get(id)!;
        return { id, ...counters, ...(folded.keys > 0 && { folded_keys: folded.keys }) };
      }),
      sinks: this.#delivery.reports(),
      ...this.#intake.span,
      ...this.#tally.figures(),
      longestPause: this.#checkpointer?.longestPause ?? 0,
      embedders: this.#vectors?.reports ?? [],
    };
  }
}

/** Passes on what is a failure. */
function isCutShort(error: unknown): true {
  if (error instanceof CutShort) return true;
  throw error;
}
