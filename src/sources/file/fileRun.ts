import { basename } from 'node:path';
import type { Json } from '../../event.ts';
import type { FormatOption } from '../../formats/index.ts';
import type { Signal } from '../../signal.ts';
import { cannotRead, notFound } from './fileErrors.ts';
import { FileFinder, type FoundFile } from './fileFinder.ts';
import { FileReader } from './fileReader.ts';
import { fingerprint, positionOf, type FilePosition, type FileState } from './fileState.ts';
import type { SourceBatch, SourceContext } from '../source.ts';

export interface FileRunOptions {
  path: string;
  format: FormatOption;
  readFrom: 'beginning' | 'end';
}

/** The files of one source: which there are, how far each has been read. */
export class FileRun {
  readonly #options: FileRunOptions;
  readonly #context: SourceContext;
  readonly #finder: FileFinder;
  /** By device and inode, in the order in which they were first read. */
  #states: Map<string, FileState>;
  readonly readers = new Map<string, FileReader>();
  /** Bytes of each file that an earlier run had read. */
  readonly #starts = new Map<string, number>();
  /** Bytes this run has to read, of files that end; null where that cannot be known. */
  #whole: number | null = null;

  constructor(given: FileRunOptions, context: SourceContext) {
    this.#options = given;
    this.#context = context;
    this.#finder = new FileFinder(context.io.files, given.path);
    const known = (context.from as FilePosition | null)?.files ?? [];
    this.#states = new Map(known.map((state) => [state.node, state]));
  }

  /** Reads what is there, then ends. Throws CAD010 when there is no file, CAD011 when one cannot be read. */
  async *once(): AsyncGenerator<SourceBatch> {
    const found = await this.find();
    if (found.length === 0) throw notFound(this.#options.path);
    const open = found.filter(({ state }) => !state?.closed);
    if (!open.some(({ gzip }) => gzip)) this.#whole = open.reduce((sum, { size, state }) => sum + size - (state?.at.offset ?? 0), 0);
    for (const [index, file] of found.entries()) {
      if (file.state?.closed) continue;
      const reader = await this.reader(file, true);
      yield* this.drain(reader);
      if (this.#context.signal.aborted) return;
      // The last file may grow: what its end lets out is not behind the position, and is read again with what is added.
      const signals = reader.end(file.gzip || index < found.length - 1);
      yield this.batch(reader, signals);
    }
  }

  /** The files there are now. What is known of files that are gone is forgotten. */
  async find(): Promise<FoundFile[]> {
    const found = await this.guarded(this.#options.path, () => this.#finder.find([...this.#states.values()]));
    const known = found.flatMap(({ state }) => state ?? []);
    this.#states = new Map(known.map((state) => [state.node, state]));
    for (const state of known) this.readers.get(state.node)?.moved(state);
    return found;
  }

  /** The reader of a file; `isStart`: it was there when the source was opened, so that `read_from: end` holds for it. */
  async reader(file: FoundFile, isStart: boolean): Promise<FileReader> {
    const { io, id, signal, from } = this.#context;
    const held = this.readers.get(file.node);
    if (held && file.state) return held;
    return this.guarded(file.path, async () => {
      const { path, node, modified, gzip } = file;
      const fresh = async (): Promise<FileState> => {
        const print = await fingerprint(io.files, path, gzip, file.size === 0 ? 0 : undefined);
        return { path, node, print, at: { offset: 0, line: 0, state: null }, closed: false };
      };
      const state = file.state ?? (await fresh());
      const reader = new FileReader(state, { io, source: id, format: this.#options.format, modified, gzip, signal });
      if (!file.state && isStart && from === null && this.#options.readFrom === 'end') await reader.skipToEnd(file.size);
      this.readers.set(node, reader);
      this.#starts.set(node, reader.fed);
      this.#states.set(node, reader.state);
      return reader;
    });
  }

  /** All that a file holds now and has not given yet. Stops quietly when the source is closed. */
  async *drain(reader: FileReader): AsyncGenerator<SourceBatch> {
    try {
      for await (const signals of reader.read()) yield this.batch(reader, signals);
    } catch (error) {
      if (!this.#context.signal.aborted) throw cannotRead(reader.state.path, error);
    }
  }

  batch(reader: FileReader, records: Signal[]): SourceBatch {
    this.#states.set(reader.state.node, reader.state);
    return { records, position: this.position() };
  }

  /** What this run has read: the name of the file, or how many; of how much, where the files end and are not compressed. */
  extent(): { what: string; bytes: number; of?: number } {
    const readers = [...this.readers];
    const bytes = readers.reduce((sum, [node, { fed }]) => sum + fed - this.#starts.get(node)!, 0);
    return {
      what: readers.length === 1 ? basename(readers[0]![1].state.path) : `${readers.length} files`,
      bytes,
      ...(this.#whole !== null && { of: this.#whole }),
    };
  }

  position(): Json {
    return positionOf([...this.#states.values()]);
  }

  async guarded<T>(path: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw cannotRead(path, error);
    }
  }
}
