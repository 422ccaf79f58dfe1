import { dirname } from 'node:path';
import type { Json } from '../event.ts';
import { writeAll, type Files, type OpenFile } from '../io.ts';
import { listAside, nodeIn, putAside, readHead, type Head } from './rotatedFiles.ts';

/** When a file is put aside: bytes, milliseconds, and how many of those stay. */
export interface Rotate {
  maxBytes?: number | undefined;
  maxAge?: number | undefined;
  keep: number;
}

/** The file of a sink as it is written, through whatever rotation does to it. */
export class OutputFile {
  offset: number;
  total = 0;
  readonly #path: string;
  readonly #context: { files: Files; now(): number };
  readonly #options: { rotate: Rotate | undefined; durable: boolean };
  #file: OpenFile;
  #node: string;
  #began: number;
  #isNew: boolean;
  #isDirty = true;
  /** Bytes of it that went with the oldest files before a restart: it is put aside where it would have been. */
  #gone: number;
  /** What was put aside, the newest first. */
  #aside: readonly Head[];
  #head: Head;

  constructor(
    path: string,
    {
      file,
      offset,
      node,
      began,
      aside,
      gone,
      head,
    }: { file: OpenFile; offset: number; node: string; began: number; aside: readonly Head[]; gone: number; head: Head },
    context: { files: Files; now(): number },
    options: { rotate: Rotate | undefined; durable: boolean },
  ) {
    this.#path = path;
    this.#context = context;
    this.#options = options;
    this.#file = file;
    this.offset = offset;
    this.#node = node;
    this.#began = began;
    this.#aside = aside;
    this.#head = head;
    this.#gone = gone;
    this.#isNew = offset === 0;
  }

  /** Whether a record of that length, behind so many bytes that are to be written, has to begin a new file. */
  isFullFor(length: number, before: number): boolean {
    const { maxBytes = Infinity, maxAge = Infinity } = this.#options.rotate ?? {};
    const there = this.#gone + this.offset + before;
    return there > 0 && (there + length > maxBytes || this.#context.now() - this.#began >= maxAge);
  }

  async rotate(): Promise<void> {
    if (this.#options.durable) await this.#file.sync();
    const { keep } = this.#options.rotate!;
    await putAside(this.#context.files, this.#path, keep);
    this.#aside = await listAside(this.#context.files, this.#path, keep);
    await this.#begin('w', 0);
  }

  /** Follows what others do to the file: it was moved, or copied and emptied. */
  async follow(): Promise<void> {
    const there = await this.#context.files.stat(this.#path);
    if (there && nodeIn(there) === this.#node) {
      this.offset = Math.min(this.offset, there.size);
      return;
    }
    if (this.#options.durable) await this.#file.sync();
    await this.#context.files.makeFolder(dirname(this.#path));
    await this.#begin(there ? 'r+' : 'w', there?.size ?? 0);
  }

  /** At a stated place: when a write fails half-way nothing of it stays, and the same again goes over what might. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#isDirty = true;
    try {
      await writeAll(this.#file, bytes, this.offset);
    } catch (error) {
      await this.#file.truncate(this.offset).catch(() => undefined);
      throw error;
    }
    this.offset += bytes.length;
    this.total += bytes.length;
  }

  async flush(): Promise<void> {
    // Once it is as long as a head, it stays as it is.
    if (this.#options.rotate && this.#isDirty) this.#head = (await readHead(this.#context.files, this.#path, this.offset))!;
    if (this.#isDirty && this.#options.durable) {
      await this.#file.sync();
      if (this.#isNew) await this.#context.files.syncFolder(dirname(this.#path));
    }
    this.#isDirty = false;
  }

  position(): Json {
    const rotated = this.#options.rotate && {
      began: this.#began,
      head: this.#head,
      aside: [...this.#aside],
      ...(this.#gone > 0 && { gone: this.#gone }),
    };
    return { path: this.#path, offset: this.offset, node: this.#node, ...rotated };
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Goes over to another file. The one before is let go of when that one is open: should that fail, it is tried again. */
  async #begin(flags: 'w' | 'r+', offset: number): Promise<void> {
    const before = this.#file;
    this.#file = await this.#context.files.open(this.#path, flags);
    this.offset = offset;
    this.#gone = 0;
    this.#isDirty = true;
    this.#node = nodeIn(await this.#file.stat());
    this.#began = this.#context.now();
    this.#isNew = true;
    await before.close();
  }
}
