import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';

/** What readers of a stream took: bytes, and boards that they were sent. */
export interface Taken {
  bytes: number;
  boards: number;
}

/** Resolves to the address of the page, once the run tells it; rejects with what it said when it ends before. */
export const findAddress = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', () => reject(new Error(said)));
  });

/** Reads the stream until it ends or it is told to leave; one that is idle takes the head of the answer alone. Returns what makes it leave. */
export function readStream(address: string, idle: boolean, taken: Taken): () => void {
  const request = get(`${address}api/stream`, (answer: IncomingMessage) => {
    // It ends with the run, or with the request.
    answer.on('error', () => undefined);
    if (idle) return void answer.pause();
    answer.on('data', (chunk: Buffer) => {
      taken.bytes += chunk.length;
      if (chunk.includes('event: radar')) taken.boards += 1;
    });
  });
  request.on('error', () => undefined);
  return () => request.destroy();
}

/** Resident memory of a process, MiB; null where it has just ended. */
export function residentMiB(pid: number): number | null {
  try {
    const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}

/** Processor time that a process has taken, with all its threads, seconds; Linux counts it in hundredths. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
