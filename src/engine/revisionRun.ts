// One file, because all pieces of work of a process begin, end and fail together.
import { join } from 'node:path';
import type { Signal } from '../signal.ts';
import { CaducusError } from '../errors.ts';
import { thisProcess, type Io } from '../io.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { stateFolder } from '../run/checkpoint/checkpointing.ts';
import { drainDeadline } from '../run/drainDeadline.ts';
import { isLive } from '../run/intake/intake.ts';
import { Tally, type RunFigures, type RunReport } from '../run/report.ts';
import { runFailure } from '../run/runFailure.ts';
import { lock, type LockSelf } from '../store/lock.ts';
import { DeskStage } from './machines/deskStage.ts';
import { IntakeFeed } from './machines/intakeFeed.ts';
import { PartitionStage } from './machines/partitionStage.ts';
import { hearCanaries, listCanaries, tellCanaries } from './canaries.ts';
import { dueAfter } from './dueAfter.ts';
import { readFigures, type EngineFigures } from './look/engineFigures.ts';
import type { PlannedWork } from './plannedWork.ts';
import { planReading } from './readers/planReading.ts';
import { withOffered } from './readers/sharedSources.ts';
import { scopeTransport } from './revision/scopeTransport.ts';
import { readTail } from './readTail.ts';
import { runDesk } from './roles/desk.ts';
import { runPartition } from './roles/partition.ts';
import { arrivalsSubject, deskSubject, type Role } from './roles/role.ts';
import { runSequencer } from './roles/sequencer.ts';
import { Superseded, type Transport } from './transport.ts';
import { NotHere, Worker, type Job } from './workers/worker.ts';
import { OutputFolder } from './writer/outputFolder.ts';
import { RunRecords } from './writer/runRecords.ts';
import { readWritten, SinkWriter } from './writer/sinkWriter.ts';

/** What lies between the desk's newest checkpoint and the newest arrival at most. */
const ahead = { messages: 512, bytes: 128 * 2 ** 20 };
/** How often it is looked whether the desk has caught up, milliseconds. */
const lookEvery = 50;
/** How often it is looked whether all is over: each time the newest messages of two logs travel whole. */
const lookForEndEvery = 500;

/** How long who looks at a process waits for the engine, milliseconds. */
const answerWithin = 2_000;

const idle = { works: [], superseded: new Map<string, number>() };

export interface EngineRunOptions {
  io: Io;
  dataDir: string;
  transport: Transport;
  /** Tells this process from all others. */
  id: string;
  /** Version of this program: another one does not take up its states. */
  release: string;
  partitions: number;
  /** After how long a hold lapses that is not kept, milliseconds. */
  lease: number;
  /** Aborted to leave: others go on. */
  stop: AbortSignal;
  /** How long that may take, milliseconds; as long as it takes when left out. */
  drainTimeout?: number;
  self?: LockSelf;
  /** Sees every signal that leaves the last operators, where this process is the desk. */
  observe?(signal: Signal): void;
  /** Sees the same, but events and rejected records, where this process writes the output. */
  seen?(signal: Signal): void;
  /** This process writes the output from now on, with what is kept beside it; null: it does no longer. */
  writing?(records: RunRecords | null): Promise<void>;
  /** Called now and then while it goes on, with the records that this process has read. */
  turned?(at: { read: number }): void;
  /** The file as it is now; null where it cannot be read. Asked for when another one is to go on. */
  reread?(): Promise<{ pipeline: Pipeline; partitions: number } | null>;
  /** Hears what this process does not do, and why: a sentence. */
  tell(text: string): void;
}

/** A process's share of the work, as long as one file is worked by. */
export class RevisionRun {
  readonly #planned: PlannedWork;
  readonly #number: number;
  readonly #options: EngineRunOptions;
  /** As this revision sees it. */
  readonly #transport: Transport;
  readonly #over = new AbortController();
  readonly #revise = new AbortController();
  /** Another revision is worked by. */
  isRevised = false;
  #failure: { error: unknown } | null = null;
  readonly #tally = new Tally();
  #feed: IntakeFeed | null = null;
  #writer: SinkWriter | null = null;
  /** The output is written by another process, into its folder. */
  #isElsewhere = false;
  /** Number of the newest arrival when this process began. */
  #before = 0;
  #worker: Worker | null = null;
  /** What works on states here. */
  readonly #working = new Set<Promise<void>>();
  #began = 0;

  /** @param number of the revision */
  constructor(planned: PlannedWork, number: number, options: EngineRunOptions) {
    this.#planned = planned;
    this.#number = number;
    this.#options = options;
    this.#transport = scopeTransport(options.transport, number);
  }

  /** Another file is to go on: what comes is not taken in any more, what was is worked on to its end. */
  letGo(): void {
    this.#revise.abort();
  }

  /** Another file goes on, or what looks for one has failed. */
  leave(failure: { error: unknown } | null = null): void {
    this.#failure = failure;
    this.isRevised = failure === null;
    this.#over.abort();
  }

  /**
   * Takes its share of the work until the input is over and written, or until it is stopped. Throws a CaducusError where a
   * source, an operator or a sink fails.
   */
  async execute(): Promise<RunReport> {
    const { io, stop, id, lease } = this.#options;
    const transport = this.#transport;
    this.#began = io.monotonic();
    this.#before = (await readTail(transport, arrivalsSubject)).n;
    const signal = AbortSignal.any([stop, this.#over.signal]);
    const countRead = () => (this.#feed?.reports ?? []).reduce((sum, { read }) => sum + read, 0);
    const reading = planReading(this.#planned.pipeline, {
      ...{ self: thisProcess, ...this.#options, pause: (end) => this.#pause(end) },
      role: (work, end) => this.#role(work, end),
    });
    const worker = new Worker({
      ...{ io, transport, id, jobs: new Map([...this.#listJobs(), ...reading.shared]), every: Math.min(1000, lease / 3), signal },
      looked: () => this.#options.turned?.({ read: countRead() }),
    });
    this.#worker = worker;
    const works = [worker.run(), this.#watchEnd(signal), ...reading.own.map((read) => read(signal))];
    const ended = new AbortController();
    try {
      await Promise.race([
        Promise.all(works.map((work) => work.finally(() => this.#over.abort()))),
        drainDeadline(this.#options, ended.signal, () => []),
      ]);
    } catch (error) {
      throw runFailure(error, false);
    } finally {
      ended.abort();
    }
    if (this.#failure) throw this.#failure.error;
    return this.report();
  }

  /** Whether it does that piece of work now. */
  does(work: string): boolean {
    return this.#worker?.works.includes(work) === true;
  }

  /** How it stands, at any moment; null before it has begun. Live is only who reads the sources: others hear of no records. */
  figures(): RunFigures | null {
    if (!this.#worker) return null;
    const isReading = this.#worker.works.includes('sequencer');
    const live = isReading && isLive(this.#planned.pipeline);
    const { span } = this.#feed?.intake ?? {};
    return { report: this.report(), newest: span?.last ?? null, watermark: null, live };
  }

  /** Its share of the work, and how far that is. */
  share(): Promise<EngineFigures> {
    const { io, transport } = this.#options;
    const { partitions } = this.#planned;
    return readFigures({ transport, partitions, worker: this.#worker ?? idle, patience: (signal) => io.sleep(answerWithin, signal) });
  }

  #listJobs(): ReadonlyMap<string, Job> {
    const { partitions, pipeline, cut } = this.#planned;
    const jobs = new Map<string, Job>([
      ['sequencer', (signal) => this.#sequence(signal)],
      ['desk', (signal) => this.#track(runDesk(this.#openDesk(), partitions, this.#role('desk', signal)))],
      ['writer', (signal) => this.#write(signal)],
    ]);
    const node = pipeline.operators.find((operator) => operator.id === cut?.partition)!;
    for (let p = 0; p < partitions; p += 1)
      jobs.set(`partition.${p}`, (signal) => this.#track(runPartition(p, new PartitionStage(node), this.#role(`partition ${p}`, signal))));
    return jobs;
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#working.delete(tracked));
    this.#working.add(tracked);
    return tracked;
  }

  /** Resolves once states are saved that are worked on here, where all of it ends. */
  async #settled(): Promise<void> {
    if (this.#options.stop.aborted || this.#over.signal.aborted) await Promise.allSettled(this.#working);
  }

  #role(work: string, signal: AbortSignal): Role {
    const { io, id } = this.#options;
    const transport = this.#transport;
    const maker = { id: `${id} ${work} ${io.monotonic()}`, made: this.#planned.made, now: () => io.now() };
    return { transport, maker, signal, ahead, due: dueAfter(this.#planned.pipeline.checkpoint, () => io.monotonic()) };
  }

  #openDesk(): DeskStage {
    const { pipeline, cut, partitions } = this.#planned;
    const tell = tellCanaries(this.#transport, listCanaries(pipeline), (error) => this.leave({ error }));
    return new DeskStage(pipeline, cut, partitions, (signal) => {
      this.#tally.see(signal);
      tell(signal);
      this.#options.observe?.(signal);
    });
  }

  async #sequence(signal: AbortSignal): Promise<void> {
    const { io, dataDir } = this.#options;
    // Another has read the input to its end since this process began: it is not taken back for nothing.
    if (await this.#isGivenToItsEnd()) return;
    const { pipeline, sung } = this.#planned.watch((given) => withOffered(given, this.#options.transport));
    const feed = new IntakeFeed(pipeline, { io, dataDir, signal: AbortSignal.any([signal, this.#revise.signal]) });
    this.#feed = feed;
    const over = new AbortController();
    if (listCanaries(pipeline).length > 0)
      hearCanaries(this.#transport, AbortSignal.any([signal, over.signal]), sung).catch((error: unknown) => this.leave({ error }));
    try {
      await runSequencer(feed, { ...this.#role('sequencer', signal), pause: () => this.#pause(signal), revise: this.#revise.signal });
    } finally {
      over.abort();
      await feed.close();
    }
  }

  async #pause(signal: AbortSignal): Promise<void> {
    await this.#options.io.sleep(lookEvery, signal).catch(() => undefined);
  }

  async #write(signal: AbortSignal): Promise<void> {
    const { io, dataDir, transport, id, self = thisProcess, tell } = this.#options;
    const folder = stateFolder(dataDir, this.#planned.pipeline.name);
    try {
      const held = await lock(io, join(folder, 'lock'), self, { waiting: tell, signal });
      try {
        const output = await OutputFolder.open(transport, io.files, folder, id, this.#number);
        const role = this.#role('writer', AbortSignal.any([signal, held.lost]));
        const { pipeline, cut, partitions } = this.#planned;
        const records = new RunRecords(pipeline, {
          ...{ io, dataDir, transport: role.transport, maker: role.maker, shared: cut?.partition ?? null, partitions },
          settled: () => this.#settled(),
          ...(this.#options.seen && { seen: this.#options.seen }),
        });
        this.#writer = new SinkWriter(pipeline, output, { io, dataDir, live: isLive(pipeline), confirm: held.confirm, records });
        await records.open(output.place.decisions);
        await this.#options.writing?.(records);
        await this.#writer.run(role).finally(async () => {
          await records.close();
          await this.#options.writing?.(null);
        });
      } finally {
        await held.release();
      }
    } catch (error) {
      if (!(error instanceof CaducusError)) throw error;
      // Another process of this folder writes still: it is asked for again.
      if (error.code === 'CAD041') throw new Superseded('the output');
      if (error.code !== 'CAD044') throw error;
      this.#isElsewhere = true;
      tell(`This process writes no output: ${error.what} (${error.code})`);
      throw new NotHere(error.what);
    }
  }

  /** All is over once the end of the input that was read since the start has left the desk, and is written. */
  async #watchEnd(signal: AbortSignal): Promise<void> {
    const { io } = this.#options;
    const transport = this.#transport;
    while (!signal.aborted) {
      const given = (await this.#isGivenToItsEnd()) ? await readTail(transport, arrivalsSubject) : null;
      const isOver = given?.flag === 'end' && (await readTail(transport, deskSubject)).n === given.n;
      // Asked last: whoever takes the output over writes the end anew, and may not end before.
      const isWritten = async (n: number) => (await readWritten(transport)) === n && this.#writer?.owes(n) !== true;
      if (isOver && (this.#isElsewhere || (await isWritten(given.n)))) return;
      await io.sleep(lookForEndEvery, signal).catch(() => undefined);
    }
  }

  async #isGivenToItsEnd(): Promise<boolean> {
    const { n, flag } = await readTail(this.#transport, arrivalsSubject);
    return flag === 'end' && n > this.#before;
  }

  /** What this process knows of it: of sources where it read them, of sinks where it wrote. */
  report(): RunReport {
    const { io } = this.#options;
    const { intake } = this.#feed ?? {};
    const took = io.monotonic() - this.#began;
    return {
      ...{ pipeline: this.#planned.pipeline.name, reason: this.#options.stop.aborted ? 'stopped' : 'input ended', took },
      sources: intake?.reports() ?? [],
      operators: [],
      sinks: this.#writer?.reports ?? [],
      ...(intake?.span ?? { first: null, last: null }),
      ...this.#tally.figures(),
    };
  }
}
