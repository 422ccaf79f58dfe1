import { spawn } from 'node:child_process';

/** How a program ended. */
export interface ProgramEnd {
  /** Null when a signal ended it, or when it could not be started. */
  code: number | null;
  /** The end of what it wrote to stderr, or why it could not be started. */
  errors: string;
}

/** Another program that was started. */
export interface Program {
  /** What it writes to stdout. No more is read than is taken. */
  readonly output: AsyncIterable<Uint8Array>;
  readonly ended: Promise<ProgramEnd>;
  /** Asks it to end (SIGTERM). */
  stop(): void;
}

/** What is kept of stderr, characters. */
const keptErrors = 2048;

/** Starts a program without a shell, so that no argument is ever read as code. */
export function startProgram(command: string, parameters: readonly string[]): Program {
  const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = `${errors}${text}`.slice(-keptErrors)));
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: null, errors: error.message }));
    child.once('close', (code) => resolve({ code, errors: errors.trim() }));
  });
  return { output: child.stdout, ended, stop: () => void child.kill() };
}
