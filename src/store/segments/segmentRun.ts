import type { Files } from '../../io.ts';
import { inOrder, makeEntry, type Entry, type StoreProblem } from '../entry.ts';
import type { Run } from './mergeRuns.ts';
import { readIndex } from './segmentIndex.ts';
import type { SegmentFacts } from './segmentScan.ts';

const newline = 0x0a;

/** Event time, milliseconds since 1970: from, inclusive, and to, exclusive. */
export interface Stretch {
  since?: number | undefined;
  until?: number | undefined;
}

/** What is known of the file while it is read. */
type Known = Omit<SegmentFacts, 'marks'> & { size: number };

/** A part of a file, whose first line has that number. */
interface Part {
  start: number;
  /** Exclusive. */
  end: number;
  line: number;
}

/** Complete lines of a part of a file, block by block, each with the number of its first line; the last may lack its line feed. */
async function* lineBlocks(files: Files, path: string, part: Part): AsyncGenerator<{ first: number; lines: string[] }> {
  if (part.start >= part.end) return;
  let carried: Buffer[] = [];
  let first = part.line;
  for await (const chunk of files.chunks(path, { start: part.start, end: part.end - 1 })) {
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
 * One segment as it is when it is first asked, read in order with no more in memory than its disorder asks for: from where
 * the first event of a stretch can be to where the last one is. Broken lines are reported and left out.
 */
export class SegmentRun implements Run {
  ready: Entry[] = [];
  #held: Entry[] = [];
  #newest = Number.NEGATIVE_INFINITY;
  #index: Known | null = null;
  #blocks: AsyncGenerator<{ first: number; lines: string[] }> | null = null;
  readonly #files: Files;
  readonly #path: string;
  readonly #report: (problem: StoreProblem) => void;
  readonly #stretch: Stretch;

  constructor(files: Files, path: string, report: (problem: StoreProblem) => void, stretch: Stretch = {}) {
    this.#files = files;
    this.#path = path;
    this.#report = report;
    this.#stretch = stretch;
  }

  async fill(): Promise<boolean> {
    this.#index ??= await this.#open();
    this.#blocks ??= lineBlocks(this.#files, this.#path, this.#begin(this.#index));
    while (this.ready.length === 0) {
      const { done, value } = await this.#blocks.next();
      if (done) return this.#rest();
      const { disorder } = this.#index;
      this.#take(value, disorder);
      // Nothing behind this is of the stretch.
      if (this.#newest - disorder >= (this.#stretch.until ?? Number.POSITIVE_INFINITY)) await this.#leave(value.first + value.lines.length);
    }
    return true;
  }

  /** Without the marks, which would be in memory as long as the file is open. */
  async #open(): Promise<Known> {
    const { facts, size } = await readIndex(this.#files, this.#path);
    const { marks: _, ...rest } = facts;
    return { ...rest, size };
  }

  /** The last place before which nothing is of the stretch; what is broken before it is reported. */
  #begin({ points, problems, size }: Known): Part {
    const { since = Number.NEGATIVE_INFINITY } = this.#stretch;
    const point = points.findLast(({ newest }) => newest < since) ?? { offset: 0, line: 1 };
    for (const problem of problems) if (problem.line < point.line) this.#report({ path: this.#path, ...problem });
    return { start: point.offset, end: size, line: point.line };
  }

  /** Reads no further; what is broken from that line on is reported. */
  async #leave(line: number): Promise<void> {
    for (const problem of this.#index!.problems) if (problem.line >= line) this.#report({ path: this.#path, ...problem });
    await this.#blocks!.return(undefined);
  }

  #rest(): boolean {
    this.ready = this.#held.toSorted(inOrder);
    this.#held = [];
    return this.ready.length > 0;
  }

  #take({ first, lines }: { first: number; lines: string[] }, disorder: number): void {
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
    const safe = this.#newest - disorder;
    const sorted = this.#held.toSorted(inOrder);
    const end = sorted.findIndex(({ ms }) => ms >= safe);
    this.ready = end < 0 ? sorted : sorted.slice(0, end);
    this.#held = end < 0 ? [] : sorted.slice(end);
  }

  async close(): Promise<void> {
    await this.#blocks?.return(undefined);
  }
}
