import { nodeFiles, type Io, type Screen } from '../../src/io.ts';
import { nodeNetwork } from '../../src/io/network.ts';

/** An io on the real disk with a clock of its own and screens that remember. */
export interface VirtualIo extends Io {
  /** Moves the clock; sleepers whose time has come wake up. */
  advance(ms: number): void;
  /** How many sleepers wait. */
  readonly sleeping: number;
  /** Everything written to stdout. */
  readonly printed: string;
}

interface Sleeper {
  at: number;
  wake(): void;
}

/**
 * @param start the clock at the beginning, milliseconds since 1970
 * @param auto whether a sleep moves the clock by itself, so that nothing ever waits
 */
export function virtualIo({
  start = Date.UTC(2026, 2, 14, 3),
  auto = true,
  env = {} as Record<string, string | undefined>,
} = {}): VirtualIo {
  let now = start;
  let printed = '';
  let sleepers: Sleeper[] = [];
  const screen = (keep: boolean): Screen => ({
    isTTY: false,
    columns: 80,
    write: async (text) => {
      if (keep) printed += text;
      return true;
    },
  });
  const advance = (ms: number) => {
    now += ms;
    const due = sleepers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    sleepers = sleepers.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
  };
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const aborted = () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
      };
      const sleeper: Sleeper = {
        at: now + ms,
        wake: () => {
          signal?.removeEventListener('abort', aborted);
          resolve();
        },
      };
      if (signal?.aborted) return aborted();
      sleepers.push(sleeper);
      signal?.addEventListener('abort', aborted, { once: true });
      // Through the event loop, so that sockets get their turn.
      if (auto) setImmediate(() => sleepers.includes(sleeper) && advance(Math.max(0, sleeper.at - now)));
    });
  return {
    files: nodeFiles,
    net: nodeNetwork,
    now: () => now,
    monotonic: () => now,
    sleep,
    async *stdin() {},
    stdout: screen(true),
    stderr: screen(false),
    env,
    advance,
    get sleeping() {
      return sleepers.length;
    },
    get printed() {
      return printed;
    },
  };
}

/** Lets everything that waits for the event loop go on. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
