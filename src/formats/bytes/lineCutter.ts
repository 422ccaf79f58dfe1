import { ByteQueue } from './byteQueue.ts';
import { originalBytes } from '../format.ts';
import { byteOrderMark, decode, decodeOther, isUtf8, replacement } from './utf8.ts';

/** One line, without its line end. `invalid`: it held bytes that are not UTF-8. */
export type OnLine = (text: string, line: number, offset: number, invalid: boolean) => void;
/** A line longer than allowed: its first bytes as text, and its length. */
export type OnOverlong = (start: string, bytes: number, line: number, offset: number) => void;

export interface LineCutterOptions {
  maxLineBytes: number;
  /**
   * Texts that are kept must not point into the text of the whole chunk, or every one kept holds a chunk in memory.
   * Costs a copy of every line; not needed where texts are parsed into new ones, so that a line which begins with a brace
   * may come as it is: who keeps one after all calls `detach`.
   */
  detached?: boolean;
  /** The limit for a line that begins so, where it is another: one that holds many records. */
  limitFor?: (start: string) => number;
  from?: { offset: number; line: number } | null;
}

const newline = 10;
const brace = 123;

/** The line being skipped: its beginning, and how many bytes it has so far. */
interface Skipped {
  head: Uint8Array;
  bytes: number;
}

/** Cuts bytes into lines at LF or CRLF. A line over the limit is skipped without ever being held whole. */
export class LineCutter {
  /** Offset of the first byte that is not part of a line given out. */
  offset: number;
  /** Lines given out. */
  line: number;
  readonly #queue = new ByteQueue();
  readonly #max: number;
  readonly #detached: boolean;
  readonly #limitFor: ((start: string) => number) | null;
  readonly #onLine: OnLine;
  readonly #onOverlong: OnOverlong;
  #skipped: Skipped | null = null;

  constructor({ maxLineBytes, detached = false, limitFor, from }: LineCutterOptions, onLine: OnLine, onOverlong: OnOverlong) {
    this.#max = maxLineBytes;
    this.#detached = detached;
    this.#limitFor = limitFor ?? null;
    this.offset = from?.offset ?? 0;
    this.line = from?.line ?? 0;
    this.#onLine = onLine;
    this.#onOverlong = onOverlong;
  }

  push(chunk: Uint8Array): void {
    const rest = this.#skipped ? this.#skip(chunk, this.#skipped) : chunk;
    if (rest.length === 0) return;
    const last = rest.lastIndexOf(newline);
    const waiting = this.#queue.length;
    this.#queue.append(rest);
    if (last >= 0) {
      const whole = waiting + last + 1;
      this.#cut(this.#queue.bytes.subarray(0, whole));
      this.#queue.drop(whole);
    }
    if (this.#queue.length > this.#max && this.#isOverlong(this.#queue.bytes)) this.#startSkipping();
  }

  /** The last line need not end in a line end. */
  end(): void {
    if (this.#skipped) this.#finishSkipped(this.#skipped, 0);
    else if (this.#queue.length > 0) {
      const bytes = this.#queue.bytes;
      this.#one(bytes, decode(bytes), bytes.length);
      this.#queue.drop(bytes.length);
    }
  }

  /** Whole lines, decoded at once: one call instead of one a line is four times as fast. */
  #cut(bytes: Uint8Array): void {
    const text = decode(bytes);
    // As many code units as bytes: every byte is one (ASCII, or replaced), and offsets in the text are offsets in bytes.
    if (text.length !== bytes.length || text.includes(replacement)) return this.#cutBytes(bytes);
    // ASCII reads alike as Latin-1, of which a part becomes a text of its own in a tenth of the time of a decoder.
    const copy = this.#detached ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) : null;
    for (let at = 0; at < text.length;) {
      const end = text.indexOf('\n', at);
      const size = end + 1 - at;
      if (size - 1 > this.#max) this.#one(bytes.subarray(at, end), '', size);
      else {
        const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
        this.line += 1;
        const line = copy && text.charCodeAt(at) !== brace ? copy.toString('latin1', at, stop) : text.slice(at, stop);
        this.#onLine(line, this.line, this.offset, false);
        this.offset += size;
      }
      at = end + 1;
    }
  }

  #cutBytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(newline, at);
      const line = bytes.subarray(at, end);
      this.#one(line, line.length > this.#max ? '' : decode(line), line.length + 1);
      at = end + 1;
    }
  }

  /** A line by itself; `size` counts its line end. */
  #one(bytes: Uint8Array, text: string, size: number): void {
    this.line += 1;
    const isLong = bytes.length > this.#max;
    if (isLong && this.#isOverlong(bytes)) {
      this.#onOverlong(decode(bytes.subarray(0, originalBytes)), bytes.length, this.line, this.offset);
    } else {
      const decoded = isLong ? decode(bytes) : text;
      const invalid = decoded.includes(replacement) && !isUtf8(bytes);
      const read = invalid ? decodeOther(bytes, decoded) : decoded;
      const start = this.offset === 0 && read.startsWith(byteOrderMark) ? 1 : 0;
      const stop = read.endsWith('\r') ? read.length - 1 : read.length;
      const whole = start === 0 && stop === read.length ? read : read.slice(start, stop);
      this.#onLine(whole, this.line, this.offset, invalid);
    }
    this.offset += size;
  }

  /** Asked of bytes over the usual limit only, by no more of them than that: how a line is cut must not matter. */
  #isOverlong(bytes: Uint8Array): boolean {
    return this.#limitFor === null || bytes.length > this.#limitFor(decode(bytes.subarray(0, Math.min(originalBytes, this.#max))));
  }

  #startSkipping(): void {
    const bytes = this.#queue.bytes;
    this.#skipped = { head: bytes.slice(0, originalBytes), bytes: bytes.length };
    this.#queue.drop(bytes.length);
  }

  /** Counts on to the end of the line; what is behind it is given back. */
  #skip(chunk: Uint8Array, skipped: Skipped): Uint8Array {
    const end = chunk.indexOf(newline);
    const more = end < 0 ? chunk : chunk.subarray(0, end);
    if (skipped.head.length < originalBytes) skipped.head = joined(skipped.head, more.subarray(0, originalBytes - skipped.head.length));
    skipped.bytes += more.length;
    if (end < 0) return chunk.subarray(chunk.length);
    this.#finishSkipped(skipped, 1);
    return chunk.subarray(end + 1);
  }

  #finishSkipped({ head, bytes }: Skipped, lineEnd: number): void {
    this.#skipped = null;
    this.line += 1;
    this.#onOverlong(decode(head), bytes, this.line, this.offset);
    this.offset += bytes + lineEnd;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
