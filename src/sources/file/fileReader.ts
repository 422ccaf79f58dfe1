// One file, because what was fed to the parser, where it stands and what is kept of the bytes are one state.
import { createParser, type FormatOption } from '../../formats/index.ts';
import { pieceBytes } from '../../formats/bytes/limits.ts';
import type { FormatContext, FormatItem, Parser, ParserPosition } from '../../formats/format.ts';
import type { Io } from '../../io.ts';
import type { Signal } from '../../signal.ts';
import { findChain } from './fileFinder.ts';
import { RecentBytes } from './recentBytes.ts';
import { makeFingerprint, printBytes, type FileState } from './fileState.ts';
import type { OpenGeneration } from './openGeneration.ts';
import { openBytes, type DamagedGzip } from './openBytes.ts';
import type { Owner } from './podPath.ts';
import { parseAside } from '../parsing/parseAside.ts';
import type { Parsing } from '../parsing/parsing.ts';
import { signalMaker, type IdState } from '../toSignals.ts';

/** Records a batch should have; batches are cut by bytes, from the length of the records before. */
const wantedRecords = 1024;
const leastBytes = 4096;
/** Bytes that go to be parsed elsewhere at a time, at most: a message between threads costs as much as some hundred records. */
const mostBytesAside = 1 << 17;

export interface FileReaderOptions {
  io: Io;
  source: string;
  format: FormatOption;
  /** Milliseconds: when the file was last changed. */
  modified: number;
  gzip: boolean;
  signal: AbortSignal;
  /** The file as it is open, of a followed log: what is renamed or removed is read to its end. */
  open: OpenGeneration | null;
  /** Whose output it is, where its path alone does not say. */
  owner: Owner | null;
  /** How many earlier generations of the log began with a record of that digest, see `signalMaker`. */
  generations(): ReadonlyMap<string, number>;
  /** Where its bytes are parsed instead of here, see `SourceContext`. */
  parsing?: Parsing | undefined;
}

/** Reads one file, from its state on; keeps what is not a whole record yet for the next time. */
export class FileReader {
  state: FileState;
  readonly #options: FileReaderOptions;
  #parser: Parser;
  readonly #ids: IdState | undefined;
  #signals: (items: readonly FormatItem[]) => Signal[];
  /** Of the signals given last, which hold nothing to be masked; null where nobody has looked. */
  clean: Uint8Array | null = null;
  /** Bytes given to the parser or passed over, counted from the beginning of the file. */
  #fed: number;
  /** The bytes before `#fed`, back to a little before the parser's position. */
  readonly #recent = new RecentBytes();
  /** Leading NUL bytes, which the parser has not seen. */
  #skipped = 0;
  #cut = pieceBytes;

  constructor(state: FileState, options: FileReaderOptions) {
    this.state = state;
    this.#ids = state.ids && { ...state.ids };
    this.#options = options;
    this.#parser = this.#parserAt(state.at.offset === 0 ? null : state.at);
    this.#fed = state.at.offset;
    this.#signals = this.#makeSignals(0);
  }

  get fed(): number {
    return this.#fed;
  }

  get chain(): string {
    return findChain(this.state);
  }

  /** When the file was last written to as it was found, milliseconds since 1970. */
  get modified(): number {
    return this.#options.modified;
  }

  /** The file has another name now, or a better fingerprint. */
  moved({ at: _, tail: __, ids: ___, reached: ____, ...seen }: FileState): void {
    if (this.#options.open) this.#options.open.path = seen.path;
    this.state = { ...this.state, ...seen };
  }

  /**
   * Everything from the last byte read to the present end of the file, in batches. Keeps `state` up to date. Rejects with
   * DamagedGzip where compressed data ends or breaks before its end.
   */
  async *read(): AsyncGenerator<Signal[]> {
    if (await this.#canParseAside()) return yield* this.#readAside(this.#options.parsing!);
    for await (const chunk of this.#bytes()) {
      const isStart = this.#fed === this.#skipped;
      const bytes = isStart ? this.#withoutNuls(chunk) : chunk;
      if (isStart && this.#skipped > 0 && bytes.length > 0) yield this.#signals([this.#passedOver()]);
      for (let at = 0; at < bytes.length;) {
        const piece = bytes.subarray(at, at + this.#cut);
        at += piece.length;
        this.#fed += piece.length;
        const items = this.#parser.push(piece);
        if (items.length > 0) this.#adapt(piece.length / items.length, pieceBytes);
        yield this.#given(items, piece);
      }
    }
  }

  /** Whether another place can parse the file: all of it is text that stands there as it is. */
  async #canParseAside(): Promise<boolean> {
    const { parsing, open, gzip, io } = this.#options;
    if (!parsing || open || gzip || this.#skipped > 0) return false;
    for await (const first of io.files.chunks(this.state.path, { start: this.#fed, end: this.#fed })) return first[0] !== 0;
    return false;
  }

  /** As `read`, parsed elsewhere: the next pieces are read meanwhile. At the end this parser stands where the other one does. */
  async *#readAside(parsing: Parsing): AsyncGenerator<Signal[]> {
    const { source, format, owner } = this.#options;
    const from = this.state.at.offset === 0 ? null : this.state.at;
    const start = {
      source,
      file: this.#name,
      owner,
      format,
      context: this.#context,
      from,
      ids: this.#ids,
      generations: this.#options.generations(),
    };
    const stream = parsing.open(start);
    let after = 0;
    try {
      for await (const { piece, parsed } of parseAside(stream, this.#bytes(), () => this.#cut)) {
        const { signals, clean, position, ids } = parsed;
        this.#fed += piece.length;
        if (signals.length > 0) this.#adapt(piece.length / signals.length, mostBytesAside);
        Object.assign(this.#ids ?? {}, ids);
        after = signals.findLast(({ kind }) => kind === 'event')?.time ?? after;
        this.clean = clean;
        yield this.#moveTo(position, signals, piece);
      }
    } finally {
      stream.close();
      this.clean = null;
    }
    this.#parser = this.#parserAt(this.state.at.offset === 0 ? null : this.state.at);
    this.#signals = this.#makeSignals(after);
    const rest = this.#parser.push(this.#recent.before(0, this.#fed - this.state.at.offset));
    if (rest.length > 0) yield this.#given(rest);
  }

  /** A live file has been quiet: what waited for more lines comes out. */
  flush(): Signal[] {
    return this.#given(this.#parser.flush());
  }

  /** The file is at its end, a last line without a line end included. `final`: nothing is expected to be added to it. */
  end(final: boolean): Signal[] {
    const items = this.#parser.end();
    if (!final) return this.#signals(this.#shifted(items));
    const signals = this.#given(items);
    this.state = { ...this.state, closed: true };
    return signals;
  }

  /** The end of compressed data that is not whole: what it still gives, and what is wrong with it. */
  damaged({ message }: DamagedGzip): Signal[] {
    const { line } = this.#parser.position();
    return [
      ...this.end(true),
      ...this.#signals([{ kind: 'refusal', reason: `damaged gzip data: ${message}`, line: line + 1, offset: this.#fed, original: '' }]),
    ];
  }

  /**
   * Goes to the last line begin of the file without reading what is before it. The first bytes are read still, for a header
   * and to tell the format.
   */
  async skipToEnd(size: number): Promise<void> {
    const { io, gzip } = this.#options;
    const look = 1 << 17;
    if (gzip || size <= look) {
      for await (const signals of this.read()) void signals.length;
      return;
    }
    for await (const chunk of io.files.chunks(this.state.path, { end: look - 1 })) this.#parser.push(chunk);
    let start = size;
    for await (const chunk of io.files.chunks(this.state.path, { start: size - look, end: size - 1, chunkBytes: look })) {
      start = size - chunk.length + chunk.lastIndexOf(10) + 1;
      this.#recent.push(chunk.subarray(0, chunk.lastIndexOf(10) + 1), printBytes);
    }
    const { state } = this.#parser.position();
    const at: ParserPosition = { offset: start, line: 0, state };
    this.#parser = this.#parserAt(at);
    this.#fed = start;
    this.state = { ...this.state, at, tail: makeFingerprint([this.#recent.before(0, printBytes)]) };
  }

  async close(): Promise<void> {
    await this.#options.open?.close();
  }

  #bytes(): AsyncIterable<Uint8Array> {
    const { io, gzip, signal, open } = this.#options;
    return open && !gzip
      ? open.bytes(this.#fed, this.#recent.before(0, printBytes), this.state.print)
      : openBytes(io.files, this.state.path, this.#fed, gzip, signal);
  }

  /** What copytruncate leaves under a writer that does not append: it goes on where it stood, behind NUL bytes. */
  #withoutNuls(chunk: Uint8Array): Uint8Array {
    const first = chunk.findIndex((byte) => byte !== 0);
    if (first === 0) return chunk;
    const nuls = first < 0 ? chunk.length : first;
    this.#skipped += nuls;
    this.#fed += nuls;
    return chunk.subarray(nuls);
  }

  #passedOver(): FormatItem {
    const reason = 'NUL bytes at the beginning of a file were passed over: it was truncated under a writer that does not append';
    return { kind: 'refusal', reason, line: 1, offset: 0, original: `${this.#skipped} bytes` };
  }

  /** What its records are said to be of. */
  get #name(): string {
    return this.state.chain ?? this.state.path;
  }

  get #context(): FormatContext {
    return { reference: this.#options.modified, previous: this.state.after };
  }

  #parserAt(from: ParserPosition | null): Parser {
    return createParser(this.#options.format, this.#context, from);
  }

  /** @param after event time of the record before the next */
  #makeSignals(after: number): (items: readonly FormatItem[]) => Signal[] {
    const { source, generations, owner } = this.#options;
    const generationsBefore = (first: string) => generations().get(first) ?? 0;
    return signalMaker({ source, file: this.#name, owner, ids: this.#ids, after, generationsBefore });
  }

  #shifted(items: readonly FormatItem[]): readonly FormatItem[] {
    if (this.#skipped > 0) for (const item of items) item.offset += this.#skipped;
    return items;
  }

  #given(items: readonly FormatItem[], piece?: Uint8Array): Signal[] {
    return this.#moveTo(this.#parser.position(), this.#signals(this.#shifted(items)), piece);
  }

  /** Stands behind signals that came of a piece. */
  #moveTo({ offset, line, state }: ParserPosition, signals: Signal[], piece?: Uint8Array): Signal[] {
    const reached = signals.findLast(({ kind }) => kind === 'event')?.time ?? this.state.reached;
    const at = { offset: offset + this.#skipped, line, state };
    if (piece) this.#recent.push(piece, this.#fed - at.offset + printBytes);
    if (at.offset !== this.state.at.offset) this.#printTail(at.offset);
    // Copies: what a position holds must not change with what comes after it.
    this.state = { ...this.state, at, ...(this.#ids && { ids: { ...this.#ids } }), ...(reached !== undefined && { reached }) };
    return signals;
  }

  /** The fingerprint of what stands before a new position; a stale one would tell of other bytes. */
  #printTail(offset: number): void {
    const before = this.#recent.before(this.#fed - offset, printBytes);
    const { tail: _stale, ...state } = this.state;
    this.state = before.length > 0 ? { ...state, tail: makeFingerprint([before]) } : state;
  }

  #adapt(bytesPerRecord: number, mostBytes: number): void {
    this.#cut = Math.min(mostBytes, Math.max(leastBytes, Math.round(bytesPerRecord * wantedRecords)));
  }
}
