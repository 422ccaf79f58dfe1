import type { Io } from '../../io.ts';
import { Superseded, type Transport } from '../transport.ts';
import { memberWork, shareOut } from './shareOut.ts';

/** Does a piece of work until the signal aborts, or until it is done. Rejects with `NotHere` where only others can. */
export type Job = (signal: AbortSignal) => Promise<void>;

export interface WorkerOptions {
  io: Pick<Io, 'sleep'>;
  transport: Transport;
  /** Tells this process from all others. */
  id: string;
  /** Pieces of work by name. Of those with one beginning up to the first dot each process takes its share. */
  jobs: ReadonlyMap<string, Job>;
  /** How often it looks who holds what, milliseconds: well below the time after which a hold lapses. */
  every: number;
  signal: AbortSignal;
  /** Called each time that it has looked. */
  looked?(): void;
}

/** A piece of work cannot be done by this process, whatever it waits for: it is others'. */
export class NotHere extends Error {}

interface Running {
  stop: AbortController;
  done: Promise<void>;
}

/** A process among several that share out pieces of work: takes what is free, keeps what it has, lets go what is too much. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<string, Running>();
  /** What is done, and is not begun again while it is held. */
  readonly #finished = new Set<string>();
  /** What only others can do. */
  readonly #others = new Set<string>();
  readonly #failed = new AbortController();
  /** How often another process had gone on with a piece of work that was done here, by its name. */
  readonly superseded = new Map<string, number>();

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** What is done here now. */
  get works(): string[] {
    return [...this.#running.keys(), ...this.#finished];
  }

  /** Works until the signal aborts; all it holds is let go then. Rejects with what a piece of work fails at. */
  async run(): Promise<void> {
    const { io, signal, every, transport, id } = this.#options;
    const over = AbortSignal.any([signal, this.#failed.signal]);
    try {
      while (!over.aborted) {
        await this.#look();
        this.#options.looked?.();
        await io.sleep(every, over).catch(() => undefined);
      }
    } finally {
      for (const { stop } of this.#running.values()) stop.abort();
      await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
      for (const [work, holder] of await transport.holders()) if (holder === id) await transport.release(work, id);
    }
    if (this.#failed.signal.aborted) throw this.#failed.signal.reason;
  }

  async #look(): Promise<void> {
    const { transport, id, jobs } = this.#options;
    await transport.hold(memberWork(id), id);
    const holders = await transport.holders();
    for (const work of this.#others) if (holders.get(work) === id) await transport.release(work, id);
    for (const works of groupWorks([...jobs.keys()].filter((work) => !this.#others.has(work)))) {
      const { take, drop } = shareOut(works, holders, id);
      for (const work of drop) await this.#leave(work);
      for (const work of works) {
        const isOwn = holders.get(work) === id && !drop.includes(work);
        if (!isOwn && !take.includes(work)) this.#lose(work);
        else if (await transport.hold(work, id)) this.#begin(work);
        else this.#lose(work);
      }
    }
  }

  #begin(work: string): void {
    if (this.#running.has(work) || this.#finished.has(work) || this.#failed.signal.aborted) return;
    const stop = new AbortController();
    const end = (failure?: { error: unknown }) => {
      this.#running.delete(work);
      // Somebody else does it: it is asked for again, and given where that one is gone.
      if (failure?.error instanceof Superseded) this.superseded.set(work, (this.superseded.get(work) ?? 0) + 1);
      else if (failure?.error instanceof NotHere) this.#others.add(work);
      else if (failure) this.#failed.abort(failure.error);
      else if (!failure && !stop.signal.aborted) this.#finished.add(work);
    };
    const done = this.#options.jobs.get(work)!(stop.signal).then(
      () => end(),
      (error: unknown) => end({ error }),
    );
    this.#running.set(work, { stop, done });
  }

  /** It is another's. */
  #lose(work: string): void {
    this.#finished.delete(work);
    this.#running.get(work)?.stop.abort();
  }

  /** It is done for so far, and another may go on. */
  async #leave(work: string): Promise<void> {
    this.#lose(work);
    await this.#running.get(work)?.done;
    await this.#options.transport.release(work, this.#options.id);
  }
}

/** `in.0` and `in.1` are of one kind, `desk` of another. */
function groupWorks(works: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const work of works) {
    const kind = work.split('.')[0]!;
    groups.set(kind, [...(groups.get(kind) ?? []), work]);
  }
  return [...groups.values()];
}
