import { createParser, type FormatOption } from '../../formats/index.ts';
import type { Io } from '../../io.ts';
import type { Signal } from '../../signal.ts';
import { signalMaker } from '../toSignals.ts';
import { findChain } from './fileFinder.ts';
import type { FileState } from './fileState.ts';
import { DamagedGzip, openBytes } from './openBytes.ts';
import { bytesInMemory, fileBytes, lookBytes, looksNewestFirst, readBackwards, type Bytes, type MakeParser } from './readBackwards.ts';

/** Unpacked bytes of compressed data that are held to be read backwards. */
const mostUnpacked = 64 * 2 ** 20;

export interface BackwardFile {
  path: string;
  gzip: boolean;
  size: number;
  /** Last change, milliseconds since 1970. */
  modified: number;
}

export interface BackwardOptions {
  io: Io;
  source: string;
  format: FormatOption;
}

/** Reads a file that was written newest first from its end on, so that its records come in the order of their times. */
export class BackwardReader {
  state: FileState;
  /** Bytes read by this reader. */
  fed = 0;
  readonly modified: number;
  readonly #options: BackwardOptions & { makeParser: MakeParser };
  readonly #bytes: Bytes;

  private constructor(state: FileState, file: BackwardFile, bytes: Bytes, options: BackwardOptions & { makeParser: MakeParser }) {
    this.state = state;
    this.modified = file.modified;
    this.#bytes = bytes;
    this.#options = options;
  }

  /** A reader of a file whose newest record stands first, or of one that was begun as such; null for others. */
  static async open(state: FileState, file: BackwardFile, options: BackwardOptions): Promise<BackwardReader | null> {
    const isFresh = state.before === undefined;
    // A pipe cannot be looked at, and what was read forwards so far goes on so.
    if (file.size === 0 || (isFresh && state.at.offset > 0)) return null;
    const makeParser: MakeParser = (from) => createParser(options.format, { reference: file.modified }, from);
    const bytes = file.gzip ? await unpackedBytes(file, options.io, makeParser) : fileBytes(options.io.files, file);
    if (bytes === null || (isFresh && !(await looksNewestFirst(bytes, makeParser)))) return null;
    return new BackwardReader(state, file, bytes, { ...options, makeParser });
  }

  get chain(): string {
    return findChain(this.state);
  }

  /** The rest, in batches. Keeps `state` up to date. */
  async *read(): AsyncGenerator<Signal[]> {
    const { size } = this.#bytes;
    const ids = this.state.ids && { ...this.state.ids };
    const signals = signalMaker({ source: this.#options.source, file: this.state.chain ?? this.state.path, ids });
    for await (const { items, end } of readBackwards(this.#bytes, this.#options.makeParser, this.state.before ?? size)) {
      this.fed += (this.state.before ?? size) - end;
      const records = signals(items).map(withoutLine);
      const { before: _, ...rest } = { ...this.state, ...(ids && { ids: { ...ids } }) };
      this.state = end > 0 ? { ...rest, before: end } : { ...rest, at: { offset: size, line: 0, state: null }, closed: true };
      yield records;
    }
  }
}

/** Lines are counted from a beginning that has not been read. */
export function withoutLine(signal: Signal): Signal {
  if (signal.kind !== 'rejected') return signal;
  const { line: _, ...place } = signal.rejected.place;
  return { ...signal, rejected: { ...signal.rejected, place } };
}

/** null where its beginning is not newest first, where it is too long to be held, and where it is damaged. */
async function unpackedBytes({ path }: BackwardFile, { files }: Io, makeParser: MakeParser): Promise<Bytes | null> {
  const parts: Uint8Array[] = [];
  let held = 0;
  let isLooked = false;
  try {
    for await (const chunk of openBytes(files, path, 0, true)) {
      parts.push(chunk.slice());
      held += chunk.length;
      if (held > mostUnpacked) return null;
      if (isLooked || held < lookBytes) continue;
      isLooked = true;
      if (!(await looksNewestFirst(bytesInMemory(Buffer.concat(parts).subarray(0, lookBytes)), makeParser))) return null;
    }
  } catch (error) {
    // What is wrong with it is reported where it is read.
    if (error instanceof DamagedGzip) return null;
    throw error;
  }
  return bytesInMemory(Buffer.concat(parts));
}
