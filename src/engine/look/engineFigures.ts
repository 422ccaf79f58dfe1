import type { Transport } from '../transport.ts';
import { readStanding, type StandingWork } from './readStanding.ts';

/** What a process of a pipeline on an engine says of its share of the work. */
export interface EngineFigures {
  /** Nothing keeps the engine from answering. */
  isReached: boolean;
  /** What this process does, each with how far its log is; without that where the engine does not say. */
  works: (Pick<StandingWork, 'work'> & Partial<StandingWork>)[];
  /** How often another process had gone on with what this one did, by piece of work. */
  superseded: ReadonlyMap<string, number>;
}

export interface ReadFiguresOptions {
  transport: Transport;
  partitions: number;
  worker: { works: readonly string[]; superseded: ReadonlyMap<string, number> };
  /** Resolves when it has been waited for long enough, or when the signal aborts. */
  patience(signal: AbortSignal): Promise<void>;
}

/** Reads how far what a process does is; who asks is not kept waiting for an engine that is away. */
export async function readFigures({ transport, partitions, worker, patience }: ReadFiguresOptions): Promise<EngineFigures> {
  const { works, superseded } = worker;
  const standing = readStanding(transport, partitions).catch(() => null);
  const over = new AbortController();
  const waited = patience(over.signal).then(
    () => null,
    () => null,
  );
  const found = await Promise.race([standing, waited]);
  over.abort();
  return {
    isReached: found !== null && (transport.trouble?.() ?? null) === null,
    works: works.map((work) => found?.works.find((one) => one.work === work) ?? { work }),
    superseded,
  };
}
