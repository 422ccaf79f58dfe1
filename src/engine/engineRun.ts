import { CaducusError } from '../errors.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import type { RunFigures, RunReport } from '../run/report.ts';
import type { EngineFigures } from './look/engineFigures.ts';
import { convertStates } from './machines/convertStates.ts';
import { loopBack } from './loopback/loopBack.ts';
import { forgetEarlier } from './revision/forgetEarlier.ts';
import { planWork, type PlannedWork } from './plannedWork.ts';
import { beginRevision, readRevision, type Revision, type Work } from './revision/revision.ts';
import { takeOver, type HandoverPhase } from './revision/takeOver.ts';
import { RevisionRun, type EngineRunOptions } from './revisionRun.ts';
import { memberWork } from './workers/shareOut.ts';
import { holdWaiting, releaseWaiting } from './workers/waiting.ts';

/** How often it is looked whether another file is to go on, milliseconds. */
const lookEvery = 1_000;

/** What those who work by the file before have yet to do. */
export const waitingFor: Record<HandoverPhase, string> = {
  sources: 'for the sources to be let go by the processes of the file before: one of them has to run',
  desk: 'for what was taken in to be worked on by the processes of the file before',
  writer: 'for what was found to be written, in the folder that is written into',
  ready: 'for a process that has the new file: start one, or put it where a process reads its own',
};

/** A process among those that run a pipeline on an engine. Throws CAD002 where the pipeline cannot be run so. */
export const openEngineRun = (given: Pipeline, options: EngineRunOptions): EngineRun =>
  new EngineRun(planWork(given, options), { ...options, transport: loopBack(options.transport, options.io) });

/** The same, run to its end. */
export const runOnEngine = async (given: Pipeline, options: EngineRunOptions): Promise<RunReport> =>
  openEngineRun(given, options).execute();

/** A process of a pipeline on an engine, whichever file is worked by: with its own it works, while it is another it waits. */
export class EngineRun {
  readonly #options: EngineRunOptions;
  #planned: PlannedWork;
  #run: RevisionRun;
  #announced = '';

  constructor(planned: PlannedWork, options: EngineRunOptions) {
    this.#planned = planned;
    this.#options = options;
    this.#run = new RevisionRun(planned, 1, options);
  }

  /**
   * Takes its share of the work until the input is over and written, or until it is stopped. Throws a CaducusError where a
   * source, an operator or a sink fails.
   */
  async execute(): Promise<RunReport> {
    while (!this.#options.stop.aborted) {
      const revision = await this.#settle();
      if (revision === null) break;
      const { number, next } = revision;
      const run = new RevisionRun(this.#planned, number, this.#options);
      this.#run = run;
      if (next) run.letGo();
      const over = new AbortController();
      const watching = this.#watch(run, number, over.signal).catch((error: unknown) => run.leave({ error }));
      try {
        await run.execute();
      } finally {
        over.abort();
        await watching;
      }
      if (!run.isRevised) break;
    }
    return this.#run.report();
  }

  /** How it stands, at any moment; null before it has begun. */
  figures(): RunFigures | null {
    return this.#run.figures();
  }

  /** Its share of the work, and how far that is. */
  share(): Promise<EngineFigures> {
    return this.#run.share();
  }

  /** Waits until its file is worked by; resolves to that revision, null where it is told to end before. */
  async #settle(): Promise<Revision | null> {
    const { io, stop, transport, id, release } = this.#options;
    const { made, partitions } = this.#planned;
    const waiting = { id, made, release, partitions };
    let isHeld = false;
    // Those that begin at the same time see each other before one of them takes all the work.
    const isFirst = (await readRevision(transport)) === null;
    if (isFirst) await transport.hold(memberWork(id), id);
    try {
      while (!stop.aborted) {
        const revision = await beginRevision(transport, this.#describe(this.#planned));
        if (revision.made !== this.#planned.made) this.#planned = (await this.#findPlanned(revision.made)) ?? this.#planned;
        if (revision.made === this.#planned.made) return revision;
        if (isFirst) await transport.release(memberWork(id), id);
        isHeld = true;
        await holdWaiting(transport, waiting);
        await this.#wait(revision);
        await io.sleep(lookEvery, stop).catch(() => undefined);
      }
      return null;
    } finally {
      if (isHeld) await releaseWaiting(transport, waiting);
    }
  }

  /** Another file is worked by: takes over where that is asked for. */
  async #wait(revision: Revision): Promise<void> {
    const asked = revision.next && (await this.#findPlanned(revision.next.made));
    if (asked) {
      const phase = await this.#takeOver(asked);
      if (phase !== 'ready') this.#tell(`This process takes over; it waits ${waitingFor[phase]}.`);
      return;
    }
    const { refused, release, partitions, made } = revision;
    if (refused?.made === this.#planned.made) this.#tell(`The file of this process was not taken: ${refused.why}`);
    const parts = partitions === 0 ? 'operators in one place' : `${partitions} parts`;
    const other = `${made.slice(0, 8)}, release ${release}, ${parts}`;
    this.#tell(
      `This process waits: the work is done by another file, release or number of parts (${other}). caducus reload FILE --engine URL lets this one go on in its place.`,
    );
  }

  /** Looks whether another file is to go on, or does, until the signal aborts. */
  async #watch(run: RevisionRun, number: number, signal: AbortSignal): Promise<void> {
    const { io, transport } = this.#options;
    let isTidy = false;
    while (!signal.aborted) {
      await io.sleep(lookEvery, signal).catch(() => undefined);
      const known = signal.aborted ? null : await readRevision(transport);
      if (!known) return;
      const { revision } = known;
      if (revision.number !== number) return run.leave();
      if (!isTidy && run.does('desk')) isTidy = await forgetEarlier(transport, revision);
      if (!revision.next) continue;
      run.letGo();
      const asked = await this.#findPlanned(revision.next.made);
      if (asked) await this.#takeOver(asked);
    }
  }

  #takeOver({ made, partitions, pipeline, cut }: PlannedWork): Promise<HandoverPhase> {
    const { transport, io } = this.#options;
    return takeOver({
      ...{ transport, own: this.#describe({ made, partitions }), now: () => io.now() },
      convert: (states, acceptChanges) => convertStates(states, { pipeline, cut, partitions, acceptChanges }),
    });
  }

  #describe({ made, partitions }: Pick<PlannedWork, 'made' | 'partitions'>): Work {
    const { io, release, id } = this.#options;
    return { made, release, partitions, at: io.now(), by: id };
  }

  /** What this process has of that hash: as it was begun, or in its file as it is now. */
  async #findPlanned(made: string): Promise<PlannedWork | null> {
    if (this.#planned.made === made) return this.#planned;
    const found = await this.#options.reread?.();
    if (!found) return null;
    try {
      const planned = planWork(found.pipeline, { ...this.#options, partitions: found.partitions });
      return planned.made === made ? planned : null;
    } catch (error) {
      // It could not be run here anyhow.
      if (error instanceof CaducusError) return null;
      throw error;
    }
  }

  #tell(text: string): void {
    if (text === this.#announced) return;
    this.#announced = text;
    this.#options.tell(text);
  }
}
