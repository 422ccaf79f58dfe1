import { ALNUM, BREAK, COLON, DIGIT, DOT, HEX, JOIN, LETTER, OTHER, SLASH, SPACE, STOP, UPPER, classes } from './chars.ts';
import { Line } from './line.ts';
import { joinRecords } from './records.ts';
import { CONST, SOFT, T_BOOLEAN, T_EMPTY, T_NUMBER, T_TIME, VAR, shapeOf } from './shape.ts';
import { HASH_PRIME, HASH_SEED, WORD_BOOLEAN, WORD_CALENDAR, WORD_NONE, isCommon, wordKind } from './words.ts';

/** Stands for any value in a signature. */
export const VALUE = 0x2a2a2a2b;
const EQUALS = 61;
const COLON_CODE = 58;
const HASH_CODE = 35;
const QUESTION = 63;
const COMMA = 44;
const SEMICOLON = 59;
/** The type of a constant that becomes part of a date when a number follows. */
const CALENDAR = T_TIME;
/** Classes of the characters of plain words. */
const WORD_CLASSES = HEX | LETTER | UPPER | JOIN | OTHER;

/** Says of one token whether a rule of the user applies to it. */
export type TokenTest = (token: string) => boolean;

export interface ScannerOptions {
  /** Tokens of a line that are told apart; what follows is one value. */
  maxTokens: number;
  /** Bytes of a line that are read. */
  maxBytes: number;
  /** Tokens that are values whatever they look like. */
  mask?: TokenTest | undefined;
  /** Tokens that stay apart whatever they look like. */
  keep?: TokenTest | undefined;
}

/**
 * Cuts one line into tokens and says which are values, in one pass and without regular expressions or substrings.
 * The result stands in the public arrays until the next `scan`: one scanner serves one index.
 *
 * Values that are neighbours become one, so that `( 3552 3534 )` and `( 3552 3534 3375 )` are the same shape; a unit
 * belongs to its number and day and month names to their date. Marks that hold no letter or digit are not tokens.
 */
export class Scanner {
  /** Tokens of the last line. */
  length = 0;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** CONST, SOFT or VAR. */
  readonly kind: Uint8Array;
  /** T_... bits of values. */
  readonly type: Int32Array;
  /** Hash of what is constant in the token: all of it, its letters, or VALUE. */
  readonly hash: Int32Array;
  /** Hash of the token as it stands. */
  readonly raw: Int32Array;
  private readonly options: ScannerOptions;
  private readonly hooked: boolean;
  private elided = new Set<number>();
  private readonly line: Line;

  constructor(options: ScannerOptions) {
    const size = options.maxTokens + 1;
    this.options = options;
    this.hooked = options.mask !== undefined || options.keep !== undefined;
    this.line = new Line(options.maxBytes);
    this.start = new Int32Array(size);
    this.end = new Int32Array(size);
    this.kind = new Uint8Array(size);
    this.type = new Int32Array(size);
    this.hash = new Int32Array(size);
    this.raw = new Int32Array(size);
  }

  /** Reads `text`; returns the number of tokens. */
  scan(text: string): number {
    const { line } = this;
    line.read(text);
    this.length = 0;
    const { bytes, length: n } = line;
    const table = classes;
    const skip = BREAK | STOP;
    const limit = this.options.maxTokens;
    let i = 0;
    while (i < n && this.length <= limit) {
      if (table[bytes[i]!]! & skip) i++;
      else i = this.token(i, n);
    }
    if (line.cut || this.length > limit) this.rest();
    if (this.elided.size > 0) this.elided = new Set();
    joinRecords(this, VALUE, this.cut);
    return this.length;
  }

  /** Whether records of a list were left out before token `i` (or, for the last, behind it). */
  elidedBefore(i: number): boolean {
    return this.elided.has(i);
  }

  /** Takes `count` tokens out from `at` on. */
  private readonly cut = (at: number, count: number): void => {
    for (const list of [this.start, this.end, this.kind, this.type, this.hash, this.raw]) list.copyWithin(at, at + count, this.length);
    this.length -= count;
    this.elided = new Set([...this.elided].map((i) => (i >= at + count ? i - count : Math.min(i, at))));
    this.elided.add(at);
  };

  /** Reads the token that starts at `start`; returns where to go on. */
  private token(start: number, n: number): number {
    // Imported names are looked up anew at each use; in this loop that would cost more than the work.
    const { bytes } = this.line;
    const table = classes;
    const prime = HASH_PRIME;
    const ends = BREAK | STOP;
    const space = SPACE;
    let raw = HASH_SEED;
    let flags = 0;
    let i = start;
    for (; i < n; i++) {
      const c = bytes[i]!;
      const cls = table[c]!;
      if ((cls & ends) !== 0 && ((cls & space) !== 0 || !this.goesOn(i, n, c, flags, start))) break;
      raw = Math.imul(raw ^ c, prime);
      flags |= cls;
    }
    if (flags & ALNUM) {
      // Plain words, most of most lines: known to be constants without a closer look.
      const plain = (flags & ~WORD_CLASSES) === 0 && (flags & LETTER) !== 0 && !this.hooked && isCommon(raw);
      if (plain) this.push(CONST, 0, raw, raw, start, i);
      else this.classify(start, i, flags & ~STOP, raw);
      if (i < n && bytes[i] === EQUALS) this.emptyValue(i + 1, n);
    }
    return i;
  }

  /** `k=` with nothing behind it has an empty value: a slot, or lines with and without one would differ in length. */
  private emptyValue(at: number, n: number): void {
    const next = at < n ? this.line.bytes[at]! : 32;
    if (classes[next]! & SPACE || next === COMMA || next === SEMICOLON) this.push(VAR, T_EMPTY, VALUE, HASH_SEED, at, at);
  }

  /** Whether a break or stop at `i` belongs to the token that is being read. */
  private goesOn(i: number, n: number, c: number, flags: number, start: number): boolean {
    if (i + 1 >= n) return false;
    const { bytes } = this.line;
    const last = i > start ? classes[bytes[i - 1]!]! : 0;
    const nextCode = bytes[i + 1]!;
    const next = classes[nextCode]!;
    // don't, can't
    if (c === 39) return (last & (HEX | LETTER)) !== 0 && (next & (HEX | LETTER)) !== 0;
    if (c === EQUALS) return (flags & SLASH) !== 0 && bytes.lastIndexOf(QUESTION, i) > start;
    if (c === 46) return (next & (BREAK | STOP)) === 0;
    if (c === 63) return (flags & SLASH) !== 0 && (next & (BREAK | STOP)) === 0;
    if (c !== COLON_CODE) return false;
    if (nextCode === COLON_CODE) return i + 2 < n && (classes[bytes[i + 2]!]! & (HEX | LETTER)) !== 0;
    if (last & COLON) return true;
    if (next & SLASH) return nextCode === 92 || (bytes[i + 2] === 47 && (flags & ~(HEX | LETTER | UPPER)) === 0);
    if (next & DIGIT && (last & DIGIT || flags & DOT)) return true;
    return this.hexGroups(i, n, start, flags);
  }

  /** Whether the colon at `i` stands between groups of hex digits, as in a MAC or IPv6 address. */
  private hexGroups(i: number, n: number, start: number, flags: number): boolean {
    if (flags & ~(DIGIT | HEX | UPPER | COLON | STOP)) return false;
    if (!(flags & COLON) && i - start > 4) return false;
    let k = i + 1;
    while (k < n && k - i <= 5 && classes[this.line.bytes[k]!]! & (DIGIT | HEX)) k++;
    const group = k - i - 1;
    if (group < 1 || group > 4) return false;
    // A second colon must follow, or lie behind: two hex-like words with one colon are just words.
    return flags & COLON ? k >= n || (classes[this.line.bytes[k]!]! & (BREAK | STOP)) !== 0 : this.line.bytes[k] === COLON_CODE;
  }

  private classify(start: number, end: number, flags: number, raw: number): void {
    const { keep, mask } = this.options;
    if (keep?.(this.textOf(start, end))) return this.push(CONST, 0, raw, raw, start, end);
    if (mask?.(this.textOf(start, end))) return this.push(VAR, 0, VALUE, raw, start, end);
    const { bytes } = this.line;
    const shape = shapeOf(bytes, start, end, flags);
    const kind = shape & 3;
    if (kind === VAR) return this.push(VAR, shape >> 2, VALUE, raw, start, end);
    if (kind === SOFT) return this.push(SOFT, shape >> 2, hashLetters(bytes, start, end), raw, start, end);
    const word = end - start <= 12 ? wordKind(raw) : WORD_NONE;
    if (word === WORD_NONE || bytes[end] === EQUALS) return this.push(CONST, 0, raw, raw, start, end);
    if (word === WORD_BOOLEAN) return this.push(VAR, T_BOOLEAN, VALUE, raw, start, end);
    const type = word === WORD_CALENDAR ? CALENDAR : 0;
    const before = this.length - 1;
    const joins = before >= 0 && this.kind[before] === VAR && (type === CALENDAR || this.type[before]! & (T_NUMBER | T_TIME));
    if (joins) this.push(VAR, type, VALUE, raw, start, end);
    else this.push(CONST, type, raw, raw, start, end);
  }

  /** The line's text from byte `start` to before byte `end`. */
  textOf(start: number, end: number): string {
    return this.line.text.slice(this.line.place(start), this.line.place(end));
  }

  /** The line's text from byte `start` on. */
  tail(start: number): string {
    return this.line.text.slice(this.line.place(start));
  }

  private push(kind: number, type: number, hash: number, raw: number, start: number, end: number): void {
    let at = this.length;
    if (kind === VAR) {
      // `Fri Jun 17`: the names before a number are part of the date.
      while (at > 0 && this.type[at - 1] === CALENDAR && this.kind[at - 1] === CONST) {
        at--;
        start = this.start[at]!;
        type |= T_TIME;
        raw = Math.imul(raw ^ this.raw[at]!, HASH_PRIME);
      }
      if (at > 0 && this.kind[at - 1] === VAR) {
        this.length = at;
        at--;
        this.end[at] = end;
        this.type[at]! |= type;
        this.raw[at] = Math.imul(this.raw[at]! ^ raw, HASH_PRIME);
        return;
      }
    }
    this.start[at] = start;
    this.end[at] = end;
    this.kind[at] = kind;
    this.type[at] = type;
    this.hash[at] = hash;
    this.raw[at] = raw;
    this.length = at + 1;
  }

  /** Everything from the last token on becomes one value: the line is longer than the limits. */
  private rest(): void {
    const end = this.line.length;
    const at = Math.min(this.length, this.options.maxTokens);
    const start = at < this.length ? this.start[at]! : at > 0 ? this.end[at - 1]! : 0;
    this.length = at;
    this.push(VAR, 0, VALUE, HASH_SEED, start, end);
  }
}

/** Hash of a token with `#` for each run of digits. */
function hashLetters(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  let digit = false;
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    const isDigit = c >= 48 && c <= 57;
    if (!isDigit) hash = Math.imul(hash ^ c, HASH_PRIME);
    else if (!digit) hash = Math.imul(hash ^ HASH_CODE, HASH_PRIME);
    digit = isDigit;
  }
  return hash;
}
