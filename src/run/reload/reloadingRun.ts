import { CaducusError } from '../../errors.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { SignalObserver } from '../../pipeline/wire.ts';
import { openRun, type OpenRun, type OpenRunOptions } from '../openRun.ts';
import type { RunReport } from '../report.ts';
import { checkReload } from './checkReload.ts';

/** A durable run that can take another file while it goes on. */
export interface ReloadingRun extends OpenRun {
  /**
   * Goes on as another pipeline, from a checkpoint that is taken now: as if it had been stopped and started with that file.
   * Resolves, once that reads its sources, to what became of what it knew. Rejects when the file cannot be taken: the run
   * then goes on as before.
   */
  reload(next: Pipeline): Promise<readonly string[]>;
}

export type ReloadingOptions = Extract<OpenRunOptions, { mode: 'durable' }> & { dataDir: string };

/** A file that waits to be taken, and who waits for what becomes of it. */
interface Change {
  pipeline: Pipeline;
  notes: string[];
  done(notes: readonly string[]): void;
  refused(error: unknown): void;
}

/** How often it is looked whether the run reads its sources, milliseconds. */
const lookEvery = 20;
/** Looks after which one whose sources are open and that has read nothing yet is taken for well. */
const wellAfter = 10;

/** Opens a durable run that can take another file. Throws as `openRun`. */
export async function openReloadingRun(first: Pipeline, options: ReloadingOptions): Promise<ReloadingRun> {
  const run = new Reloading(first, options);
  await run.open(first, options.fresh === true);
  return run;
}

class Reloading implements ReloadingRun {
  readonly #options: ReloadingOptions;
  readonly #watchers = new Map<SignalObserver, { from: readonly string[] | null; leave: () => void }>();
  #given: Pipeline;
  #run!: OpenRun;
  /** Ends the run that goes on, so that the next can begin. */
  #over = new AbortController();
  #change: Change | null = null;
  /** A file that is being taken, and the one that goes on where it cannot begin. */
  #taking: { change: Change; before: Pipeline } | null = null;
  #isOver = false;

  constructor(given: Pipeline, options: ReloadingOptions) {
    this.#given = given;
    this.#options = options;
  }

  get pipeline(): Pipeline {
    return this.#run.pipeline;
  }

  get leftOut(): readonly string[] {
    return this.#run.leftOut;
  }

  get checkpoint(): OpenRun['checkpoint'] {
    return this.#run.checkpoint;
  }

  get counts(): OpenRun['counts'] {
    return this.#run.counts;
  }

  get board(): OpenRun['board'] {
    return this.#run.board;
  }

  known(): ReturnType<OpenRun['known']> {
    return this.#run.known();
  }

  get unguessed(): OpenRun['unguessed'] {
    return this.#run.unguessed;
  }

  get unrecalled(): unknown {
    return this.#run.unrecalled;
  }

  figures(): ReturnType<OpenRun['figures']> {
    return this.#run.figures();
  }

  async open(pipeline: Pipeline, fresh = false): Promise<void> {
    const { stop } = this.#options;
    this.#over = new AbortController();
    const signals = [this.#over.signal, ...(stop ? [stop] : [])];
    this.#run = await openRun(pipeline, { ...this.#options, fresh, stop: AbortSignal.any(signals) });
    this.#given = pipeline;
    for (const [watcher, one] of this.#watchers) one.leave = this.#watch(one.from, watcher);
  }

  watch(from: readonly string[] | null, watcher: SignalObserver): () => void {
    const one = { from, leave: this.#watch(from, watcher) };
    this.#watchers.set(watcher, one);
    return () => {
      one.leave();
      this.#watchers.delete(watcher);
    };
  }

  /** A point that a later file does not have any more shows nothing. */
  #watch(from: readonly string[] | null, watcher: SignalObserver): () => void {
    const { sources, operators } = this.#run.pipeline;
    const ids = new Set([...sources, ...operators].map(({ id }) => id));
    const isThere = (from ?? []).every((name) => ids.has(name.split('.')[0]!));
    return isThere ? this.#run.watch(from, watcher) : () => undefined;
  }

  async reload(next: Pipeline): Promise<readonly string[]> {
    const { io, dataDir, acceptChanges, record } = this.#options;
    if (this.#change) throw refusal('another change is being taken', 'Try again in a moment.');
    if (this.#isOver || this.#options.stop?.aborted) throw refusal('the run is ending', 'Start it anew.');
    if (record) throw refusal('what comes is recorded, and a recording is of one file', 'Stop the run and start it anew.');
    if (this.#run.checkpoint === null) throw refusal('the run keeps no checkpoint to go on from', 'Stop the run and start it anew.');
    const notes = await checkReload(this.#given, next, { io, dataDir, acceptChanges });
    return new Promise((done, refused) => {
      this.#change = { pipeline: next, notes, done, refused };
      this.#over.abort();
    });
  }

  async execute(): Promise<RunReport> {
    try {
      for (;;) {
        const report = await this.#runOpen();
        const change = this.#change;
        if (change === null) return report;
        // It came to its end, or was stopped, before it could be taken.
        if (this.#options.stop?.aborted || report.reason === 'input ended') {
          this.#change = null;
          change.refused(refusal('the run has ended', 'Start it anew.'));
          return report;
        }
        await this.#run.close();
        await this.#take(change);
      }
    } finally {
      this.#isOver = true;
      this.#change?.refused(refusal('the run has failed', 'Start it anew.'));
    }
  }

  /** Opens the next run; where it cannot begin, the one before again. */
  async #take(change: Change): Promise<void> {
    const before = this.#given;
    try {
      await this.open(change.pipeline);
    } catch (error) {
      this.#change = null;
      change.refused(error);
      return this.open(before);
    }
    this.#taking = { change, before };
  }

  /** Runs what is open; a file that has just been taken and cannot begin gives way to the one before. */
  async #runOpen(): Promise<RunReport> {
    const taking = this.#taking;
    const running = this.#run;
    this.#taking = null;
    if (taking === null) return running.execute();
    const { change, before } = taking;
    const ended = new AbortController();
    const reported = this.#reportWhenBegun(running, change, ended.signal);
    try {
      return await running.execute();
    } catch (error) {
      if (hasRead(running)) throw error;
      // Nothing has happened since the checkpoint.
      ended.abort();
      this.#change = null;
      change.refused(error);
      await running.close();
      await this.open(before);
      return await this.#run.execute();
    } finally {
      ended.abort();
      await reported;
    }
  }

  async #reportWhenBegun(running: OpenRun, change: Change, ended: AbortSignal): Promise<void> {
    const { io } = this.#options;
    for (let well = 0; well < wellAfter && !hasRead(running) && !ended.aborted; well += Number(running.figures() !== null))
      await io.sleep(lookEvery, ended).catch(() => undefined);
    if (ended.aborted) return;
    if (this.#change === change) this.#change = null;
    change.done(change.notes);
  }

  close(): Promise<void> {
    return this.#run.close();
  }
}

/** Whether anything has gone in since it was begun. */
const hasRead = (run: OpenRun): boolean => run.figures()?.report.sources.some(({ read }) => read > 0) ?? false;

const refusal = (what: string, hint: string) => new CaducusError('CAD042', {}, what, { hint });
