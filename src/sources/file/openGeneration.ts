import type { Files, OpenFile } from '../../io.ts';
import { makeFingerprint, type Fingerprint } from './fileState.ts';

const chunkBytes = 1 << 18;

/** Files that are kept open at a time, and bytes by which a file is known again between two of its pieces. */
const most = { open: 256, known: 1024 };

/** A file of a followed log, kept open: whatever becomes of its name, the rest of it can be read. */
export class OpenGeneration {
  readonly node: string;
  /** Where it is; kept up to date while it has a name. */
  path: string;
  readonly #pool: OpenGenerations;
  #file: OpenFile | null = null;

  constructor(pool: OpenGenerations, path: string, node: string) {
    this.#pool = pool;
    this.path = path;
    this.node = node;
  }

  get isOpen(): boolean {
    return this.#file !== null;
  }

  /**
   * The bytes from an offset on, up to where the file ends now: one that grows all the time lets the others have their turn.
   * `before`: the bytes that stand before the offset. They are read again with what follows: a file that was emptied and has
   * grown beyond the offset since it was looked at is another one, as if this one were gone. So is one that does not
   * begin as `begins` says, where it is read from its beginning.
   */
  async *bytes(start: number, before: Uint8Array = new Uint8Array(0), begins?: Fingerprint): AsyncGenerator<Uint8Array> {
    const file = await this.#open();
    const { size } = await file.stat();
    let known = before;
    for (let at = start; at < size;) {
      const chunk = Buffer.allocUnsafe(known.length + Math.min(chunkBytes, size - at));
      const count = (await file.read(chunk, at - known.length)) - known.length;
      if (count <= 0) return;
      if (known.length > 0 && !chunk.subarray(0, known.length).equals(known)) throw this.#replaced();
      const bytes = chunk.subarray(known.length, known.length + count);
      if (at === 0 && begins && makeFingerprint([bytes.subarray(0, begins.bytes)]).hash !== begins.hash) throw this.#replaced();
      yield bytes;
      known = bytes.subarray(-most.known);
      at += count;
    }
  }

  /** As if it were gone: the next look finds what there is. */
  #replaced(): Error {
    return Object.assign(new Error(`${this.path} is another file now`), { code: 'ENOENT' });
  }

  async close(): Promise<void> {
    this.#pool.forget(this);
    await this.release();
  }

  /** Lets go of the descriptor; the next read opens the path again. */
  async release(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #open(): Promise<OpenFile> {
    if (!this.#file) {
      const file = await this.#pool.files.open(this.path, 'r');
      const { dev, ino } = await file.stat();
      if (`${dev}:${ino}` !== this.node) {
        await file.close();
        throw this.#replaced();
      }
      this.#file = file;
    }
    await this.#pool.used(this);
    return this.#file;
  }
}

/** The open files of one source; the one that was not read for the longest is closed first. */
export class OpenGenerations {
  readonly files: Files;
  readonly #open = new Set<OpenGeneration>();

  constructor(files: Files) {
    this.files = files;
  }

  async used(one: OpenGeneration): Promise<void> {
    this.#open.delete(one);
    this.#open.add(one);
    for (const oldest of this.#open) {
      if (this.#open.size <= most.open) return;
      this.#open.delete(oldest);
      await oldest.release();
    }
  }

  forget(one: OpenGeneration): void {
    this.#open.delete(one);
  }
}
