import { createParser, type FormatOption } from '../../formats/index.ts';
import type { FormatItem, Parser, ParserPosition } from '../../formats/format.ts';
import type { Io } from '../../io.ts';
import type { Signal } from '../../signal.ts';
import type { FileState } from './fileState.ts';
import { DamagedGzip, openBytes } from './openBytes.ts';
import { signalMaker } from '../toSignals.ts';

/** Records a batch should have; batches are cut by bytes, from the length of the records before. */
const wantedRecords = 1024;
const leastBytes = 4096;
const mostBytes = 1 << 18;

export interface FileReaderOptions {
  io: Io;
  source: string;
  format: FormatOption;
  /** Milliseconds: when the file was last changed. */
  modified: number;
  gzip: boolean;
  signal: AbortSignal;
}

/** Reads one file, from its state on; keeps what is not a whole record yet for the next time. */
export class FileReader {
  state: FileState;
  readonly #options: FileReaderOptions;
  #parser: Parser;
  readonly #signals: (items: readonly FormatItem[]) => Signal[];
  /** Bytes given to the parser, counted from the beginning of the file. */
  #fed: number;
  #cut = 1 << 16;

  constructor(state: FileState, options: FileReaderOptions) {
    this.state = state;
    this.#options = options;
    this.#parser = this.#parserAt(state.at.offset === 0 ? null : state.at);
    this.#fed = state.at.offset;
    this.#signals = signalMaker({ source: options.source, file: state.path });
  }

  get fed(): number {
    return this.#fed;
  }

  /** The file has another name now, or a better fingerprint. */
  moved({ path, print, closed }: FileState): void {
    this.state = { ...this.state, path, print, closed };
  }

  /** Everything from the last byte read to the present end of the file, in batches. Keeps `state` up to date. */
  async *read(): AsyncGenerator<Signal[]> {
    const { io, gzip, signal } = this.#options;
    try {
      for await (const chunk of openBytes(io.files, this.state.path, this.#fed, gzip, signal)) {
        for (let at = 0; at < chunk.length;) {
          const piece = chunk.subarray(at, at + this.#cut);
          at += piece.length;
          this.#fed += piece.length;
          const items = this.#parser.push(piece);
          if (items.length > 0) this.#adapt(piece.length / items.length);
          yield this.#given(items);
        }
      }
    } catch (error) {
      if (!(error instanceof DamagedGzip)) throw error;
      const { line } = this.#parser.position();
      yield [
        ...this.#given(this.#parser.end()),
        ...this.#signals([
          { kind: 'refusal', reason: `damaged gzip data: ${error.message}`, line: line + 1, offset: this.#fed, original: '' },
        ]),
      ];
    }
  }

  /** A live file has been quiet: what waited for more lines comes out. */
  flush(): Signal[] {
    return this.#given(this.#parser.flush());
  }

  /** The file is at its end, a last line without a line end included. `final`: nothing will be added to it. */
  end(final: boolean): Signal[] {
    const signals = this.#signals(this.#parser.end());
    if (final) this.state = { ...this.state, at: this.#parser.position(), closed: true };
    return signals;
  }

  /**
   * Goes to the last line begin of the file without reading what is before it. The first bytes are read still, for a header
   * and to tell the format.
   */
  async skipToEnd(size: number): Promise<void> {
    const { io, gzip } = this.#options;
    const look = 1 << 16;
    if (gzip || size <= look) {
      for await (const signals of this.read()) void signals.length;
      return;
    }
    for await (const chunk of io.files.chunks(this.state.path, { end: look - 1 })) this.#parser.push(chunk);
    let start = size;
    for await (const chunk of io.files.chunks(this.state.path, { start: size - look, end: size - 1, chunkBytes: look })) {
      start = size - chunk.length + chunk.lastIndexOf(10) + 1;
    }
    const { state } = this.#parser.position();
    const at: ParserPosition = { offset: start, line: 0, state };
    this.#parser = this.#parserAt(at);
    this.#fed = start;
    this.state = { ...this.state, at };
  }

  #parserAt(from: ParserPosition | null): Parser {
    return createParser(this.#options.format, { reference: this.#options.modified }, from);
  }

  #given(items: readonly FormatItem[]): Signal[] {
    this.state = { ...this.state, at: this.#parser.position() };
    return this.#signals(items);
  }

  #adapt(bytesPerRecord: number): void {
    this.#cut = Math.min(mostBytes, Math.max(leastBytes, Math.round(bytesPerRecord * wantedRecords)));
  }
}
