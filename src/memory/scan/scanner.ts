import * as chars from './chars.ts';
import { goesOn } from './goesOn.ts';
import { Line } from './line.ts';
import { joinRecords } from './records.ts';
import * as shape from './shape.ts';
import * as words from './words.ts';

// Constants of the file are compiled in; imported ones are looked up at each use, which costs a third of the time here.
const { ALNUM, BREAK, HEX, JOIN, LETTER, OTHER, SPACE, STOP, UPPER, classes } = chars;
const { CONST, KEPT, SOFT, T_BOOLEAN, T_EMPTY, T_NUMBER, T_TIME, VAR, shapeOf } = shape;
const { HASH_PRIME, HASH_SEED, WORD_BOOLEAN, WORD_CALENDAR, WORD_NONE, isCommon, wordKind } = words;

/** Stands for any value in a signature. */
export const VALUE = 0x2a2a2a2b;
const EQUALS = 61;
const HASH_CODE = 35;
const COMMA = 44;
const SEMICOLON = 59;
const QUOTE = 34;
const BRACKET = 91;
const BRACE = 123;
/** The type of a constant that becomes part of a date when a number follows. */
const CALENDAR = T_TIME;
/** What must be LETTER alone for a plain word: letters beyond f, and nothing but letters and marks that join them. */
const PLAIN_OR_NOT = ~(HEX | UPPER | JOIN | OTHER);

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
 * The result stands in the public arrays until the next `scan`.
 *
 * Values that are neighbours become one, so that `( 3552 3534 )` and `( 3552 3534 3375 )` are the same shape; a unit
 * belongs to its number and day and month names to their date. Marks that hold no letter or digit are not tokens.
 */
export class Scanner {
  /** Tokens of the last line. */
  length = 0;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** KEPT, CONST, SOFT or VAR. */
  readonly kind: Int8Array;
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
    this.kind = new Int8Array(size);
    this.type = new Int32Array(size);
    this.hash = new Int32Array(size);
    this.raw = new Int32Array(size);
  }

  /** Whether its rules are these. */
  has({ mask, keep }: Pick<ScannerOptions, 'mask' | 'keep'>): boolean {
    return this.options.mask === mask && this.options.keep === keep;
  }

  /** Reads `text`; returns the number of tokens. */
  scan(text: string): number {
    const { line } = this;
    line.read(text);
    this.length = 0;
    const { bytes, length: n } = line;
    const limit = this.options.maxTokens;
    const { start: starts, end: ends, kind: kinds, type: types, hash: hashes, raw: raws } = this;
    const plain = !this.hooked;
    let i = 0;
    while (i < n && this.length <= limit) {
      const start = i;
      let c = bytes[i]!;
      let cls = classes[c]!;
      let raw = HASH_SEED;
      let flags = 0;
      // The spaces behind the line end its last token.
      while ((cls & (BREAK | STOP)) === 0 || (i > start && (cls & SPACE) === 0 && goesOn(bytes, i, c, flags, start))) {
        raw = Math.imul(raw ^ c, HASH_PRIME);
        flags |= cls;
        c = bytes[++i]!;
        cls = classes[c]!;
      }
      if (i === start) {
        if (isEmptyPair(bytes, i)) this.push(VAR, T_EMPTY, VALUE, HASH_SEED, i + 1, i + 1);
        i++;
      } else if ((flags & PLAIN_OR_NOT) === LETTER && plain && isCommon(raw)) {
        // Plain words, most of most lines: known to be constants without a closer look.
        const at = this.length++;
        starts[at] = start;
        ends[at] = i;
        kinds[at] = CONST;
        types[at] = 0;
        hashes[at] = raw;
        raws[at] = raw;
        if (c === EQUALS) this.emptyValue(i + 1);
      } else if (flags & ALNUM) {
        this.classify(start, i, flags & ~STOP, raw);
        if (c === EQUALS) this.emptyValue(i + 1);
      }
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

  /** `k=` with nothing behind it has an empty value: a slot, or lines with and without one would differ in length. */
  private emptyValue(at: number): void {
    const next = this.line.bytes[at]!;
    if (classes[next]! & SPACE || next === COMMA || next === SEMICOLON) this.push(VAR, T_EMPTY, VALUE, HASH_SEED, at, at);
  }

  private classify(start: number, end: number, flags: number, raw: number): void {
    if (this.hooked) {
      const { keep, mask } = this.options;
      if (keep?.(this.textOf(start, end))) return this.push(KEPT, 0, raw, raw, start, end);
      if (mask?.(this.textOf(start, end))) return this.push(VAR, 0, VALUE, raw, start, end);
    }
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

/** `[]`, `{}`, `""`: a list or a text that holds nothing is a value as one that holds something is; `main()` and `byte[]` are words. */
function isEmptyPair(bytes: Uint8Array, i: number): boolean {
  const next = bytes[i + 1]!;
  const c = bytes[i]!;
  const pair = c === QUOTE ? next === QUOTE : (c === BRACKET || c === BRACE) && next === c + 2;
  return pair && (classes[bytes[i + 2]!]! & (BREAK | STOP)) !== 0 && (i === 0 || (classes[bytes[i - 1]!]! & ALNUM) === 0);
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
