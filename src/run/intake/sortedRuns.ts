import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import { isBefore, type Placed } from './placed.ts';

/** Characters that lie on disk at most: as much as sort(1) would be given for it. */
const mostOnDisk = 2 ** 30;
/** Characters of a file: what is held of a run while it is merged. */
const chunkSize = 2 ** 20;

/** A sorted run: the files of it that are still to be read, and what has been read of the first. */
interface SortedRun {
  chunks: { path: string; size: number }[];
  ready: Placed[];
  at: number;
}

/**
 * Sorted runs of records on disk, merged as they are taken. What lies there is only for this run: a restart reads the source
 * again from the oldest record that waits.
 */
export class SortedRuns {
  readonly #files: Pick<Files, 'writeSync' | 'readSync' | 'removeSync'>;
  readonly #folder: string;
  readonly #most: number;
  #runs: SortedRun[] = [];
  #written = 0;
  #size = 0;
  #count = 0;

  /** @param folder of this process alone */
  constructor(files: Pick<Files, 'writeSync' | 'readSync' | 'removeSync'>, folder: string, most = mostOnDisk) {
    this.#files = files;
    this.#folder = folder;
    this.#most = most;
  }

  /** Records that lie there. */
  get count(): number {
    return this.#count;
  }

  /** Takes records in their order. Returns false, and takes none, where there is no room for them or they cannot be written. */
  add(sorted: readonly Placed[]): boolean {
    const run: SortedRun = { chunks: [], ready: [], at: 0 };
    try {
      for (let at = 0; at < sorted.length;) {
        let text = '';
        for (; at < sorted.length && text.length < chunkSize; at += 1) text += `${write(sorted[at]!)}\n`;
        if (this.#size + text.length > this.#most) return this.#undo(run);
        const path = join(this.#folder, `${(this.#written += 1)}.ndjson`);
        run.chunks.push({ path, size: text.length });
        this.#size += text.length;
        this.#files.writeSync(path, text);
      }
    } catch {
      // The disk is full or may not be written to: as if there were no room.
      return this.#undo(run);
    }
    this.#runs.push(run);
    this.#count += sorted.length;
    return true;
  }

  /** The first of all; null when there is none. */
  least(): Placed | null {
    const run = this.#first();
    return run ? run.ready[run.at]! : null;
  }

  /** Takes the first of all away; there must be one. */
  take(): Placed {
    const run = this.#first()!;
    const taken = run.ready[run.at]!;
    run.at += 1;
    this.#count -= 1;
    if (run.at === run.ready.length && run.chunks.length === 0) this.#runs = this.#runs.filter((one) => one !== run);
    return taken;
  }

  /** Nothing of it is needed any more. */
  clear(): void {
    for (const run of this.#runs) this.#undo(run);
    this.#runs = [];
    this.#count = 0;
  }

  #first(): SortedRun | null {
    let first: SortedRun | null = null;
    for (const run of this.#runs) {
      if (run.at === run.ready.length) this.#read(run);
      if (first === null || isBefore(run.ready[run.at]!, first.ready[first.at]!)) first = run;
    }
    return first;
  }

  #read(run: SortedRun): void {
    const { path, size } = run.chunks.shift()!;
    const text = this.#files.readSync(path);
    if (text === null) throw new CaducusError('CAD011', { file: path }, 'records that were put aside to be sorted are gone');
    this.#files.removeSync(path);
    this.#size -= size;
    run.ready = text.trimEnd().split('\n').map(read);
    run.at = 0;
  }

  #undo({ chunks }: SortedRun): false {
    for (const { path, size } of chunks) {
      this.#files.removeSync(path);
      this.#size -= size;
    }
    return false;
  }
}

const write = ({ time, stream, place, record }: Placed): string => JSON.stringify([time, stream, place, record]);

function read(line: string): Placed {
  const [time, stream, place, record] = JSON.parse(line) as [number, number, number, Placed['record']];
  return { time, stream, place, record };
}
