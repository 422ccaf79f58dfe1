import { CaducusError } from '../errors.ts';
import type { Files, OpenFile } from '../io.ts';

interface Held {
  file: OpenFile;
  dirty: boolean;
}

/**
 * A bounded number of files open for writing in place; the one not used for the longest is closed first. A file that
 * was written since the last `sync` is forced to disk before it is closed, when `durable` is set.
 */
export class OpenFiles {
  readonly #held = new Map<string, Held>();
  readonly #files: Files;
  readonly #limit: number;
  readonly #durable: boolean;

  constructor(files: Files, { limit, durable }: { limit: number; durable: boolean }) {
    this.#files = files;
    this.#limit = limit;
    this.#durable = durable;
  }

  /** The file, open for writing, made when it is not there. Throws CAD011 when it is a symbolic link. */
  async get(path: string): Promise<OpenFile> {
    const held = this.#held.get(path) ?? { file: await this.#open(path), dirty: false };
    this.#held.delete(path);
    this.#held.set(path, held);
    held.dirty = true;
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#limit) break;
      await this.release(oldest);
    }
    return held.file;
  }

  async #open(path: string): Promise<OpenFile> {
    const there = await this.#files.lstat(path);
    if (there?.isSymbolicLink()) throw new CaducusError('CAD011', { file: path }, 'is a symbolic link');
    return this.#files.open(path, there ? 'r+' : 'wx');
  }

  /** Closes one file, if it is open. */
  async release(path: string): Promise<void> {
    const held = this.#held.get(path);
    if (!held) return;
    if (held.dirty && this.#durable) await held.file.sync();
    this.#held.delete(path);
    await held.file.close();
  }

  /** Forces what was written since the last time to disk. */
  async sync(): Promise<void> {
    for (const held of this.#held.values()) {
      if (held.dirty && this.#durable) await held.file.sync();
      held.dirty = false;
    }
  }

  async close(): Promise<void> {
    for (const path of [...this.#held.keys()]) await this.release(path);
  }

  /** How many are open now. */
  get size(): number {
    return this.#held.size;
  }
}
