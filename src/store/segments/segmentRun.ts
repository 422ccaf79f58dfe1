import type { Files } from '../../io.ts';
import { makeEntry, makeEvent, inOrder, type Entry, type StoreProblem } from '../entry.ts';
import type { Run } from './mergeRuns.ts';

const newline = 0x0a;

/** Complete lines of a file, block by block, each with the number of its first line; the last may lack its line feed. */
async function* lineBlocks(files: Files, path: string): AsyncGenerator<{ first: number; lines: string[] }> {
  let carried: Buffer[] = [];
  let first = 1;
  for await (const chunk of files.chunks(path)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = bytes.lastIndexOf(newline);
    if (end < 0) {
      carried.push(bytes);
      continue;
    }
    const lines = Buffer.concat([...carried, bytes.subarray(0, end)])
      .toString('utf8')
      .split('\n');
    carried = end + 1 < bytes.length ? [bytes.subarray(end + 1)] : [];
    yield { first, lines };
    first += lines.length;
  }
  if (carried.length > 0) yield { first, lines: [Buffer.concat(carried).toString('utf8')] };
}

/**
 * How far behind the newest line before it a line of the file stands at most, in milliseconds: 0 for a file in order.
 * So much has to be held back to read it in order, however large the file.
 */
async function measureDisorder(files: Files, path: string): Promise<number> {
  let newest = Number.NEGATIVE_INFINITY;
  let most = 0;
  for await (const { lines } of lineBlocks(files, path)) {
    for (const line of lines) {
      const entry = makeEntry(line);
      if (typeof entry === 'string') continue;
      newest = Math.max(newest, entry.ms);
      most = Math.max(most, newest - entry.ms);
    }
  }
  return most;
}

/** One segment, read in order with no more in memory than its disorder asks for. Broken lines are reported and left out. */
export class SegmentRun implements Run {
  ready: Entry[] = [];
  #held: Entry[] = [];
  #newest = Number.NEGATIVE_INFINITY;
  #disorder = 0;
  #blocks: AsyncGenerator<{ first: number; lines: string[] }> | null = null;
  readonly #files: Files;
  readonly #path: string;
  readonly #report: (problem: StoreProblem) => void;

  constructor(files: Files, path: string, report: (problem: StoreProblem) => void) {
    this.#files = files;
    this.#path = path;
    this.#report = report;
  }

  async fill(): Promise<boolean> {
    if (!this.#blocks) {
      this.#disorder = await measureDisorder(this.#files, this.#path);
      this.#blocks = lineBlocks(this.#files, this.#path);
    }
    while (this.ready.length === 0) {
      const { done, value } = await this.#blocks.next();
      if (done) {
        this.ready = this.#held.toSorted(inOrder);
        this.#held = [];
        return this.ready.length > 0;
      }
      this.#take(value);
    }
    return true;
  }

  #take({ first, lines }: { first: number; lines: string[] }): void {
    for (const [at, line] of lines.entries()) {
      if (line === '') continue;
      const entry = makeEntry(line);
      if (typeof entry === 'string') {
        this.#report({ path: this.#path, line: first + at, reason: entry });
        continue;
      }
      this.#held.push(entry);
      this.#newest = Math.max(this.#newest, entry.ms);
    }
    // Whatever is older than this can have no older one behind it.
    const safe = this.#newest - this.#disorder;
    const sorted = this.#held.toSorted(inOrder);
    const end = sorted.findIndex(({ ms }) => ms >= safe);
    this.ready = end < 0 ? sorted : sorted.slice(0, end);
    this.#held = end < 0 ? [] : sorted.slice(end);
  }

  async close(): Promise<void> {
    await this.#blocks?.return(undefined);
  }
}

/** The group of a segment's events: that of its first good line; null when there is none. */
export async function readGroup(files: Files, path: string): Promise<string | null> {
  for await (const { lines } of lineBlocks(files, path)) {
    for (const line of lines) {
      const entry = line === '' ? '' : makeEntry(line);
      const event = typeof entry === 'string' ? entry : makeEvent(entry);
      if (typeof event !== 'string') return event.group_id;
    }
  }
  return null;
}
