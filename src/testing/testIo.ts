import { setImmediate as nextTurn } from 'node:timers/promises';
import { nodeFiles, type Io, type Screen } from '../io.ts';
import { nodeNetwork } from '../io/network.ts';
import { startProgram } from '../io/programs.ts';

/** A screen that keeps what is written to it. */
export interface CapturedScreen extends Screen {
  text: string;
}

export function capturedScreen({ isTTY = false, columns = 80 } = {}): CapturedScreen {
  return {
    text: '',
    isTTY,
    columns,
    write(text) {
      this.text += text;
      return Promise.resolve(true);
    },
  };
}

export interface TestIo extends Io {
  stdout: CapturedScreen;
  stderr: CapturedScreen;
  /** Moves the clock in steps, to each sleeper that waits until then, and lets what it wakes go on before the next. */
  pass(ms: number): Promise<void>;
  /** Moves the clock at once and wakes everybody whose time has come. */
  advance(ms: number): void;
  /** How many sleep. */
  readonly sleeping: number;
}

export interface TestIoOptions {
  /** The environment. Default: empty. */
  env?: Readonly<Record<string, string | undefined>>;
  /** What stands on standard input, in pieces. */
  stdin?: readonly Uint8Array[];
  /** The clock at the beginning, milliseconds since 1970. Default 2026-03-14. */
  start?: number;
  /** A sleep moves the clock by itself, so that nothing ever waits. Default: it moves when it is set. */
  auto?: boolean;
}

interface Sleeper {
  at: number;
  wake(): void;
}

/** Real files and a real network, a clock that moves only when it is set, and screens that remember. */
export function testIo({ env = {}, stdin = [], start = Date.UTC(2026, 2, 14), auto = false }: TestIoOptions = {}): TestIo {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const inTurn = (until: number) => [...sleepers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
  // Lets everything that can go on without the clock go on first.
  const settle = () => nextTurn();
  const advance = (ms: number) => {
    now += ms;
    const due = inTurn(now);
    for (const sleeper of due) sleepers.delete(sleeper);
    for (const sleeper of due) sleeper.wake();
  };
  return {
    files: nodeFiles,
    start: startProgram,
    net: nodeNetwork,
    every: () => () => undefined,
    now: () => now,
    monotonic: () => now - start,
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        const abort = () => {
          sleepers.delete(sleeper);
          reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
        };
        const wake = () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const sleeper: Sleeper = { at: now + ms, wake };
        if (signal?.aborted) return abort();
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
        // Through the event loop, so that sockets get their turn.
        if (auto) void nextTurn().then(() => sleepers.has(sleeper) && advance(Math.max(0, sleeper.at - now)));
      }),
    async *stdin() {
      yield* stdin;
    },
    stdout: capturedScreen(),
    stderr: capturedScreen(),
    env,
    advance,
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const [next] = inTurn(end);
        if (!next) break;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = end;
      await settle();
    },
    get sleeping() {
      return sleepers.size;
    },
  };
}
