import { join } from 'node:path';
import type { Json, JsonObject } from '../event.ts';
import { writeAll, type Files, type OpenFile } from '../io.ts';

/** A place in the journal: behind it nothing has been read. */
export interface JournalPosition extends JsonObject {
  segment: number;
  /** Bytes into the segment. */
  offset: number;
}

/** Lines that were read: the position behind all of them, and the offset in its segment behind each. */
export interface JournalLines {
  lines: string[];
  ends: number[];
  position: JournalPosition;
}

interface Waiting {
  bytes: Uint8Array;
  sync: boolean;
  done(): void;
  failed(error: unknown): void;
}

const segmentBytes = 16 * 2 ** 20;
const chunkBytes = 256 * 2 ** 10;
const newline = 0x0a;
const readName = (segment: number) => `${String(segment).padStart(12, '0')}.ndjson`;

/**
 * An append-only journal in segments, for what cannot be read again. What was appended is on disk when `append` resolves:
 * everything that waits meanwhile is written together and takes one fsync. It is read from where a checkpoint stands, and
 * segments before the oldest kept one are removed.
 */
export class Journal {
  readonly #files: Files;
  readonly #folder: string;
  #segment = 0;
  #file: OpenFile | null = null;
  #durable = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  /** Lengths of finished segments; behind them may stand what an append that failed has left. */
  readonly #finished = new Map<number, number>();
  #read: JournalPosition = { segment: 0, offset: 0 };
  #wake = () => {};

  private constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** Opens the journal of a folder, to be read from the position, or from its beginning. Appends go to a new segment. */
  static async open(files: Files, folder: string, from: Json | null): Promise<Journal> {
    const journal = new Journal(files, folder);
    await files.makeFolder(folder);
    const segments = (await files.list(folder)).filter((name) => /^\d{12}\.ndjson$/.test(name)).map((name) => Number.parseInt(name, 10));
    for (const segment of segments) journal.#finished.set(segment, await journal.#wholeLines(segment));
    const saved = positionIn(from);
    // The checkpoint may stand in a segment that was never begun, or is gone: numbers are not used twice.
    journal.#segment = Math.max(segments.at(-1) ?? 0, saved?.segment ?? 0) + 1;
    journal.epoch = journal.#segment;
    const first = segments[0] ?? journal.#segment;
    journal.#read = saved && saved.segment >= first ? saved : { segment: first, offset: 0 };
    for (const [segment, length] of journal.#finished) if (segment >= journal.#read.segment) journal.backlog += length;
    journal.backlog -= journal.#read.offset;
    return journal;
  }

  /** Length up to the last line feed: a crash may leave half a line, which was never acknowledged. */
  async #wholeLines(segment: number): Promise<number> {
    let whole = 0;
    let at = 0;
    for await (const chunk of this.#files.chunks(join(this.#folder, readName(segment)))) {
      const last = chunk.lastIndexOf(newline);
      if (last >= 0) whole = at + last + 1;
      at += chunk.length;
    }
    return whole;
  }

  /** Differs from that of every earlier opening of the same journal. */
  epoch = 0;
  /** Bytes that are there and not read yet. */
  backlog = 0;

  /** Where what is read next stands. */
  get begin(): JournalPosition {
    return this.#read;
  }

  /** Where what is appended next will stand. */
  get end(): JournalPosition {
    return { segment: this.#segment, offset: this.#durable };
  }

  /**
   * Resolves when the lines are on disk (without `sync`: when the system has them, which a killed process survives and
   * a power cut does not); rejects, and acknowledges none, when they cannot be.
   */
  append(lines: string, { sync = true } = {}): Promise<void> {
    const bytes = Buffer.from(lines);
    return new Promise((done, failed) => {
      this.#waiting.push({ bytes, sync, done, failed });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#writeGroup(group);
    }
    // Here and not when the promise is settled: who was just acknowledged may append before that.
    this.#writing = null;
  }

  /** Settles each of the group by how it went; never rejects. */
  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      this.#file ??= await this.#openSegment();
      const bytes = Buffer.concat(group.map((waiting) => waiting.bytes));
      await writeAll(this.#file, bytes, this.#durable);
      if (group.some(({ sync }) => sync)) await this.#file.sync();
      this.#durable += bytes.length;
      this.backlog += bytes.length;
      for (const { done } of group) done();
      this.#wake();
      if (this.#durable >= segmentBytes) await this.#finish();
    } catch (error) {
      for (const { failed } of group) failed(error);
      // After a failed fsync nobody knows what is on disk: the next append begins a new segment.
      await this.#finish().catch(() => undefined);
    }
  }

  async #openSegment(): Promise<OpenFile> {
    const file = await this.#files.open(join(this.#folder, readName(this.#segment)), 'wx');
    await this.#files.syncFolder(this.#folder);
    this.#durable = 0;
    return file;
  }

  async #finish(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    this.#finished.set(this.#segment, file ? this.#durable : 0);
    this.#segment += 1;
    this.#durable = 0;
    this.#wake();
    if (!file) return;
    try {
      await file.truncate(this.#finished.get(this.#segment - 1)!);
    } finally {
      await file.close();
    }
  }

  /** Lines in order, with the position behind all and behind each of them; waits for more until the signal aborts. */
  async *lines(signal: AbortSignal): AsyncGenerator<JournalLines> {
    while (!signal.aborted) {
      yield* this.rest();
      if (!signal.aborted && this.#read.segment === this.#segment && this.#unread() === 0) await this.#more(signal);
    }
  }

  /** As `lines`, but ends with what is there now. */
  async *rest(): AsyncGenerator<JournalLines> {
    for (;;) {
      const { segment, offset } = this.#read;
      const unread = this.#unread();
      if (unread > 0) yield this.#take(await this.#chunk(segment, offset, offset + unread));
      else if (segment < this.#segment) this.#read = { segment: segment + 1, offset: 0 };
      else return;
    }
  }

  /** Bytes of the segment that is being read that have not been read yet. */
  #unread(): number {
    const { segment, offset } = this.#read;
    const end = this.#finished.get(segment) ?? (segment === this.#segment ? this.#durable : 0);
    return Math.max(0, end - offset);
  }

  #take(bytes: Uint8Array): JournalLines {
    const { offset } = this.#read;
    this.#read = { segment: this.#read.segment, offset: this.#read.offset + bytes.length };
    this.backlog = Math.max(0, this.backlog - bytes.length);
    const lines = Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1);
    const ends: number[] = [];
    // By bytes: a damaged line may be longer as text than it is on disk.
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) ends.push(offset + at + 1);
    return { lines, ends, position: this.#read };
  }

  /** The next whole lines, as much as a chunk holds and at least one. */
  async #chunk(segment: number, start: number, end: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of this.#files.chunks(join(this.#folder, readName(segment)), { start, end: end - 1, chunkBytes })) {
      const last = part.lastIndexOf(newline);
      parts.push(last < 0 ? part : part.subarray(0, last + 1));
      if (last >= 0) break;
    }
    return Buffer.concat(parts);
  }

  async #more(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        signal.removeEventListener('abort', this.#wake);
        this.#wake = () => {};
        resolve();
      };
      signal.addEventListener('abort', this.#wake, { once: true });
    });
  }

  /** No checkpoint before that position is kept any more: segments before it are not needed. */
  async release(position: Json): Promise<void> {
    const until = positionIn(position)?.segment ?? 0;
    for (const segment of [...this.#finished.keys()].filter((number) => number < until)) {
      await this.#files.remove(join(this.#folder, readName(segment)));
      this.#finished.delete(segment);
    }
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
    this.#file = null;
  }
}

function positionIn(from: Json | null): JournalPosition | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { segment, offset } = from;
  return typeof segment === 'number' && typeof offset === 'number' ? { segment, offset } : null;
}
