// One file, because which files there are, which are open and how far each was read are one state.
import { basename } from 'node:path';
import { groupedBy } from '../../base/groupedBy.ts';
import type { Json } from '../../event.ts';
import type { FormatOption } from '../../formats/index.ts';
import type { Signal } from '../../signal.ts';
import { BackwardReader } from './backwardReader.ts';
import { readContainerOwner } from './containerOwner.ts';
import { cannotRead, notFound } from './fileErrors.ts';
import { readFirstStamp } from './firstStamp.ts';
import { findChain, FileFinder, type Found, type FoundFile, type LostFile } from './fileFinder.ts';
import { FileReader } from './fileReader.ts';
import { fingerprint, makePosition, readPosition, type FileState } from './fileState.ts';
import { DamagedGzip } from './openBytes.ts';
import { OpenGeneration, OpenGenerations } from './openGeneration.ts';
import { keptStates } from './keptStates.ts';
import { logicalPath } from './rotation.ts';
import { sampleRecords } from './sampleRecords.ts';
import { sideBySide, type Chain } from './sideBySide.ts';
import type { SourceBatch, SourceContext, SourceCounts } from '../source.ts';

/** Files that are looked at before they are read, at most. */
const mostSampled = 16;

export interface FileRunOptions {
  path: string;
  format: FormatOption;
  readFrom: 'beginning' | 'end';
  follow: boolean;
}

/** The files of one source: which there are, how far each has been read. */
export class FileRun {
  readonly #options: FileRunOptions;
  readonly #context: SourceContext;
  readonly #finder: FileFinder;
  readonly #generations: OpenGenerations;
  /** By device and inode, in the order in which they were first read. */
  #states: Map<string, FileState>;
  readonly readers = new Map<string, FileReader>();
  /** Bytes of each file that an earlier run had read. */
  readonly #starts = new Map<string, number>();
  /** Bytes this run has to read, of files that end; null where that cannot be known. */
  #whole: number | null = null;
  /** Bytes of files that were gone before they had been read to their ends. */
  #lost = 0;

  /** Files that are read from their ends on. */
  readonly #backward: BackwardReader[] = [];
  /** Files that end, as they were found. */
  #toRead: readonly FoundFile[] = [];

  constructor(given: FileRunOptions, context: SourceContext) {
    this.#options = given;
    this.#context = context;
    this.#finder = new FileFinder(context.io.files, given.path, (file) => this.#firstStamp(file));
    this.#generations = new OpenGenerations(context.io.files);
    const known = readPosition(context.from);
    this.#states = new Map(known.map((state) => [state.node, state]));
  }

  /** Reads what is there, then ends. Throws CAD010 when there is no file, CAD011 when one cannot be read. */
  async *once(): AsyncGenerator<SourceBatch> {
    const { files, lost, refused } = await this.find();
    if (refused.length > 0) throw cannotRead(refused[0]!.path, refused[0]!.error);
    if (files.length === 0) throw await notFound(this.#options.path, this.#context.io.files);
    const open = files.filter((file) => this.isOpen(file));
    this.#toRead = open;
    if (!open.some(({ gzip }) => gzip))
      this.#whole = open.reduce((sum, { size, state }) => sum + (state?.before ?? size - (state?.at.offset ?? 0)), 0);
    const chains = await this.#findChains(open);
    for (const batch of this.reportLost(lost)) yield { ...batch, streams: new Map(chains.map(({ name, begins }) => [name, begins])) };
    yield* sideBySide(chains, (files, isLast) => this.#readChain(files, isLast), this.#context.signal);
  }

  /** The logs there are, each with when it begins: how far it was read shows that of one that is read on. */
  async #findChains(open: readonly FoundFile[]): Promise<Chain<FoundFile>[]> {
    const chains = [...groupedBy(open, ({ chain }) => chain)];
    const begin = async ([first]: readonly FoundFile[]) =>
      chains.length === 1 || first!.state ? null : ((await this.#firstStamp(first!)) ?? first!.modified);
    return Promise.all(chains.map(async ([name, files]) => ({ name, files, begins: await begin(files) })));
  }

  async *#readChain(files: readonly FoundFile[], isLast: () => boolean): AsyncGenerator<SourceBatch> {
    for (const file of files) {
      if (yield* this.#readBackwards(file)) continue;
      const reader = await this.reader(file, true);
      const damage = yield* this.drain(reader);
      if (this.#context.signal.aborted) return;
      // The last file may grow: what its end lets out is not behind the position, and is read again with what is added.
      yield this.batch(reader, damage ? reader.damaged(damage) : reader.end(file.gzip || file !== files.at(-1) || !isLast()));
    }
  }

  /** Reads a file from its end on where its newest record stands first. Returns false of others. */
  async *#readBackwards(file: FoundFile): AsyncGenerator<SourceBatch, boolean> {
    const { io, id, from } = this.#context;
    const { format, readFrom } = this.#options;
    if (from === null && readFrom === 'end') return false;
    const state = file.state ?? (await this.guarded(file.path, () => this.#fresh(file)));
    const reader = await this.guarded(file.path, () => BackwardReader.open(state, file, { io, source: id, format }));
    if (reader === null) return false;
    this.#backward.push(reader);
    for await (const records of reader.read()) {
      if (this.#context.signal.aborted) return true;
      yield this.batch(reader, records);
    }
    return true;
  }

  /** Records from places further on in what is to be read, see `OpenSource`. */
  async sample(): Promise<Signal[][]> {
    const found: Signal[][] = [];
    const isBackward = ({ path }: FoundFile) => this.#backward.some(({ state }) => state.path === path);
    for (const file of this.#toRead.filter((one) => !isBackward(one)).slice(0, mostSampled))
      found.push(...(await sampleRecords(this.#context.io.files, file, this.#options.format)));
    return found;
  }

  get counts(): SourceCounts {
    return { passed_over: this.#lost };
  }

  /** Whether there is something to read, or may be: a file that was read to its end may have grown since. */
  isOpen({ state, gzip, size }: FoundFile): boolean {
    return !state?.closed || (!gzip && size > state.at.offset);
  }

  /** The files there are now, and those that were lost. */
  async find(): Promise<Found> {
    const { io } = this.#context;
    const known = [...this.#states.values()];
    const now = this.#options.follow ? io.now() : null;
    const found = await this.guarded(this.#options.path, () => this.#finder.find(known, new Set(this.readers.keys()), now));
    this.#states = keptStates(known, found);
    for (const { state } of found.files) if (state) this.readers.get(state.node)?.moved(state);
    return found;
  }

  /** The reader of a file; `isStart`: it was there when the source was opened, so that `read_from: end` holds for it. */
  async reader(file: FoundFile, isStart: boolean): Promise<FileReader> {
    const { io, id, signal, from, parsing } = this.#context;
    const held = this.readers.get(file.node);
    if (held && file.state) return held;
    return this.guarded(file.path, async () => {
      const { path, node, modified, gzip, size } = file;
      const { format, follow, readFrom } = this.#options;
      const state = file.state ?? (await this.#fresh(file));
      // Of the same inode, and of what it held before it was emptied.
      await held?.close();
      const open = follow ? new OpenGeneration(this.#generations, path, node) : null;
      const reader = new FileReader(state, {
        io,
        source: id,
        format,
        modified,
        gzip,
        signal,
        open,
        owner: await readContainerOwner(io.files, path),
        parsing,
        generations: () => this.#listGenerations(file.chain, node),
      });
      if (!file.state && isStart && from === null && readFrom === 'end') await reader.skipToEnd(size);
      this.readers.set(node, reader);
      this.#starts.set(node, reader.fed);
      this.#states.set(node, reader.state);
      return reader;
    });
  }

  async #fresh({ path, chain, node, modified, gzip, size, begins }: FoundFile): Promise<FileState> {
    const { files } = this.#context.io;
    const print = await fingerprint(files, path, gzip, size === 0 ? 0 : undefined);
    const now = await files.stat(path);
    const isOther = begins !== undefined && (await fingerprint(files, path, gzip, begins.bytes)).hash !== begins.hash;
    // Rotated away, or emptied, since it was looked at: the next look finds what it held under its new name.
    if (isOther || !now || `${now.dev}:${now.ino}` !== node)
      throw Object.assign(new Error(`${path} is another file now`), { code: 'ENOENT' });
    return {
      path,
      node,
      print,
      at: { offset: 0, line: 0, state: null },
      closed: false,
      size,
      modified,
      ids: { stamped: false, first: null, nth: 0 },
      ...(chain !== logicalPath(path) && { chain }),
      ...this.#after(chain),
    };
  }

  /** The last record that was read of the generation before a new one. */
  #after(chain: string): Pick<FileState, 'after'> {
    const older = [...this.#states.values()].filter((state) => findChain(state) === chain && state.reached !== undefined);
    const after = older.at(-1)?.reached;
    return after === undefined ? {} : { after };
  }

  #firstStamp(file: Pick<FoundFile, 'path' | 'gzip' | 'modified'>): Promise<number | null> {
    return readFirstStamp(this.#context.io.files, file, this.#options.format);
  }

  /** How many generations of a log before this one began with a record of which digest. */
  #listGenerations(chain: string, node: string): ReadonlyMap<string, number> {
    const before = new Map<string, number>();
    for (const state of this.#states.values()) {
      const first = state.ids?.first ?? null;
      if (first !== null && state.node !== node && findChain(state) === chain)
        before.set(first, Math.max(before.get(first) ?? 0, state.ids!.nth + 1));
    }
    return before;
  }

  /** All that a file holds now and has not given yet; the damage where compressed data ends or breaks before its end. */
  async *drain(reader: FileReader): AsyncGenerator<SourceBatch, DamagedGzip | null> {
    try {
      for await (const signals of reader.read()) yield this.batch(reader, signals);
    } catch (error) {
      if (error instanceof DamagedGzip) return error;
      if (!this.#context.signal.aborted) throw cannotRead(reader.state.path, error);
    }
    return null;
  }

  batch(reader: Pick<FileReader, 'state' | 'chain' | 'modified'> & Partial<Pick<FileReader, 'clean'>>, records: Signal[]): SourceBatch {
    this.#states.set(reader.state.node, reader.state);
    const { chain: stream, modified: written, clean } = reader;
    return { records, position: this.position(), stream, written, ...(clean && { clean }) };
  }

  /** What could not be read any more is reported: in bytes where a size was seen. */
  *reportLost(lost: readonly LostFile[]): Generator<SourceBatch> {
    const records = lost.map(({ state, next }): Signal => {
      const missing = (state.size ?? 0) - state.at.offset;
      this.#lost += Math.max(0, missing);
      const [reason, original] =
        missing > 0
          ? ['the end of a file was never read: it was removed or overwritten', `${missing} bytes of ${state.path}`]
          : ['files were never read: they were rotated away', `at least one file between ${state.path} and ${next} was never seen`];
      return { kind: 'rejected', time: 0, key: '', rejected: { source: this.#context.id, reason, place: { file: state.path }, original } };
    });
    if (records.length > 0) yield { records, position: this.position() };
  }

  /** A file that may not be read, reported once: the others are read meanwhile, and this one as soon as it may be. */
  *refused(path: string, error: unknown): Generator<SourceBatch> {
    const { message } = cannotRead(path, error);
    const rejected = { source: this.#context.id, reason: 'a file could not be read so far', place: { file: path }, original: message };
    yield { records: [{ kind: 'rejected', time: 0, key: '', rejected }], position: this.position() };
  }

  /** Lets go of a file that is not read any more. */
  async forget(node: string): Promise<void> {
    const reader = this.readers.get(node);
    this.readers.delete(node);
    await reader?.close();
  }

  async close(): Promise<void> {
    for (const reader of this.readers.values()) await reader.close();
  }

  /** What this run has read: the name of the file, or how many; of how much, where the files end and are not compressed. */
  extent(): { what: string; bytes: number; of?: number } {
    const forward = [...this.readers].map(([node, { fed, state }]) => ({ path: state.path, bytes: fed - this.#starts.get(node)! }));
    const read = [...forward, ...this.#backward.map(({ fed, state }) => ({ path: state.path, bytes: fed }))];
    return {
      what: read.length === 1 ? basename(read[0]!.path) : `${read.length} files`,
      bytes: read.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(this.#whole !== null && { of: this.#whole }),
    };
  }

  position(): Json {
    return makePosition([...this.#states.values()]);
  }

  async guarded<T>(path: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof DamagedGzip) throw error;
      throw cannotRead(path, error);
    }
  }
}
