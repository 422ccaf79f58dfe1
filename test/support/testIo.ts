import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles, type Io, type Screen } from '../../src/io.ts';
import { nodeNetwork } from '../../src/io/network.ts';

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
  /** Moves the clock and wakes who sleeps until then. */
  pass(ms: number): Promise<void>;
}

/** Real files, a clock that moves only when told, and screens that remember. */
export function testIo({ env = {}, stdin = [] as Uint8Array[], start = Date.UTC(2026, 2, 14) } = {}): TestIo {
  let now = start;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  // Lets everything that can go on without the clock go on first.
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    files: nodeFiles,
    net: nodeNetwork,
    now: () => now,
    monotonic: () => now - start,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        const abort = () => {
          sleepers.delete(sleeper);
          reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
        };
        if (signal?.aborted) abort();
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async *stdin() {
      yield* stdin;
    },
    stdout: capturedScreen(),
    stderr: capturedScreen(),
    env,
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = [...sleepers].filter((s) => s.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        sleepers.delete(next);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = end;
      await settle();
    },
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): { path: string; file(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'caducus-test-'));
  after(() => rmSync(path, { recursive: true, force: true }));
  return { path, file: (name) => join(path, name) };
}
