import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import { inLanes } from './inLanes.ts';

const fileName = (number: number) => `${number}.json`;
const namePattern = /^(\d+)\.json$/;
const sumUp = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * States that were put on disk to keep memory small: `<folder>/<number>.json`, a line with the checksum, a line with the
 * state. A file never changes and a number is never used twice, so that every checkpoint finds the states of its own time;
 * a file goes when none of the kept checkpoints can name it any more.
 */
export class SpillStore {
  readonly #files: Files;
  readonly #folder: string;
  #last = 0;
  /** Counts checkpoints begun: what came and went between two of them is named by none. */
  #epoch = 0;
  /** Numbers from here on came after the last checkpoint began. */
  #young = 1;
  /** Files no state needs any more, with the epoch in which they were let go. */
  readonly #dead = new Map<number, number>();
  /** Written, and not forced to disk yet. */
  readonly #unsynced = new Set<number>();

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /**
   * Takes up a folder of an earlier run, of which these numbers are named by the checkpoint that is gone on from. The
   * others stay until that checkpoint and those before it are gone. Returns the numbers that are not there.
   */
  async adopt(named: ReadonlySet<number>): Promise<number[]> {
    const there = new Set<number>();
    this.#dead.clear();
    for (const name of await this.#files.list(this.#folder)) {
      const digits = namePattern.exec(name)?.[1];
      if (digits !== undefined) there.add(Number(digits));
    }
    for (const number of there) {
      this.#last = Math.max(this.#last, number);
      if (!named.has(number)) this.#dead.set(number, this.#epoch);
    }
    this.#young = this.#last + 1;
    return [...named].filter((number) => !there.has(number));
  }

  put(state: Json): number {
    this.#last += 1;
    const text = JSON.stringify(state);
    this.#files.writeSync(this.#pathOf(this.#last), `${sumUp(text)}\n${text}\n`);
    this.#unsynced.add(this.#last);
    return this.#last;
  }

  /** Gives a state back. Throws CAD042 when its file is gone or damaged. */
  take(number: number): Json {
    const state = this.look(number);
    if (number >= this.#young) this.#remove(number);
    else this.#dead.set(number, this.#epoch);
    return state;
  }

  /** Reads a state that stays where it is. Throws CAD042 when its file is gone or damaged. */
  look(number: number): Json {
    const path = this.#pathOf(number);
    const file = this.#files.readSync(path);
    const cut = file?.indexOf('\n') ?? -1;
    const text = file?.slice(cut + 1, -1) ?? '';
    if (file === null || cut < 0 || file.slice(0, cut) !== sumUp(text)) {
      throw new CaducusError('CAD042', { file: path }, file === null ? 'a spilled state is gone' : 'a spilled state is damaged');
    }
    return JSON.parse(text) as Json;
  }

  /** A checkpoint begins: what is here now stays while it can be gone back to. Returns its epoch, for `collect`. */
  mark(): number {
    this.#epoch += 1;
    this.#young = this.#last + 1;
    return this.#epoch;
  }

  /** Forces what was here when the last checkpoint began to disk, before that checkpoint counts. */
  async sync(): Promise<void> {
    const numbers = [...this.#unsynced].filter((number) => number < this.#young);
    if (numbers.length === 0) return;
    await inLanes(numbers, async (number) => {
      const file = await this.#files.open(this.#pathOf(number), 'r+');
      await file.sync().finally(() => file.close());
      this.#unsynced.delete(number);
    });
    await this.#files.syncFolder(this.#folder);
  }

  /** Removes what only checkpoints before the oldest kept one, of that epoch, can name. */
  collect(oldest: number): void {
    for (const [number, died] of this.#dead) if (died < oldest) this.#remove(number);
  }

  #remove(number: number): void {
    this.#dead.delete(number);
    this.#unsynced.delete(number);
    this.#files.removeSync(this.#pathOf(number));
  }

  #pathOf(number: number): string {
    return join(this.#folder, fileName(number));
  }
}
