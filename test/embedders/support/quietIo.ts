import { nodeIo, type Io } from '../../../src/io.ts';

const real = nodeIo();

export interface QuietIo extends Io {
  /** Lengths of the pauses asked for, milliseconds. */
  readonly pauses: number[];
  /** Moves the clock on; sleeps never do. */
  advance(ms: number): void;
}

/**
 * Real files, no real waiting: pauses up to `longest` milliseconds are over at once and written down, longer ones
 * (time limits) never end by themselves. The clock stands still unless it is moved.
 */
export function quietIo({ longest = 20_000, env = {} as Io['env'] } = {}): QuietIo {
  const pauses: number[] = [];
  let now = Date.UTC(2026, 0, 1);
  return {
    ...real,
    env,
    pauses,
    now: () => now,
    monotonic: () => now,
    advance: (ms) => void (now += ms),
    sleep: (ms, signal) => {
      if (ms > longest)
        return new Promise((_, reject) => {
          if (signal?.aborted) reject(signal.reason);
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      pauses.push(ms);
      return Promise.resolve();
    },
  };
}
