import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A process of the program that a test started. Every wait for it ends, and says why it was in vain. */
export interface ProgramRun {
  child: ChildProcess;
  /** What it has said on stderr so far. */
  said(): string;
  /** Its exit code, or the name of the signal that ended it. */
  over(): Promise<number | string>;
  /** Resolves when a file in that folder holds a text: a process cannot be asked how far it is. */
  until(folder: string, text: string): Promise<void>;
}

/** Long enough for a busy machine, milliseconds. */
const patience = 30_000;

/** Starts a program with something to pipe into it, which stays open. */
export function programRun(program: string, args: string[], env: NodeJS.ProcessEnv = {}): ProgramRun {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  let text = '';
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  // It may be gone before everything is piped in.
  child.stdin.on('error', () => {});
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? String(signal))));
  const running = () => child.exitCode === null && child.signalCode === null;
  const inVain = (what: string) => {
    child.kill('SIGKILL');
    return new Error(`${what}; it had said: ${text || 'nothing'}`);
  };
  return {
    child,
    said: () => text,
    async over() {
      const late = new AbortController();
      const outcome = await Promise.race([ended, wait(patience, null, { signal: late.signal })]);
      late.abort();
      if (outcome === null) throw inVain(`still running after ${patience / 1000} s`);
      return outcome;
    },
    async until(folder, wanted) {
      const files = () => (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.ndjson'));
      const holds = () => files().some((name) => readFileSync(join(folder, name), 'utf8').includes(wanted));
      for (const began = performance.now(); !holds(); await wait(20)) {
        if (!running()) throw inVain(`ended with ${child.exitCode ?? child.signalCode} before ${folder} held ${wanted}`);
        if (performance.now() - began > patience) throw inVain(`${folder} does not hold ${wanted} after ${patience / 1000} s`);
      }
    },
  };
}
