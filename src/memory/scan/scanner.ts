// One file, because a line is scanned in one pass, and its steps share one state.
import { classOfCode, HTTP, type CodeClass } from '../codes/codeClass.ts';
import type { Reading } from '../codes/readEvent.ts';
import { announcedCode } from '../codes/announcedCode.ts';
import { reasonFollows } from '../codes/reasonPhrase.ts';
import * as chars from './chars.ts';
import { goesOn } from './goesOn.ts';
import { hashBytes, hashLetters } from './hashes.ts';
import { Line } from './line.ts';
import { pathParts } from './pathParts.ts';
import { joinRecords } from './records.ts';
import * as shape from './shape.ts';
import * as words from './words.ts';

// Constants of the file are compiled in; imported ones are looked up at each use, which costs a third of the time here.
const { ALNUM, ALPHA, BREAK, DIGIT, HEX, JOIN, LETTER, OTHER, SPACE, STOP, UPPER, classes } = chars;
const { CODE, CONST, KEPT, SOFT, T_BOOLEAN, T_CODE, T_EMPTY, T_ID, T_NUMBER, T_PATH, T_TIME, VAR, findShape } = shape;
const { HASH_PRIME, HASH_SEED, WORD_BOOLEAN, WORD_CALENDAR, WORD_NONE, isCommon, wordKind } = words;

/** Stands for any value in a signature. */
export const VALUE = 0x2a2a2a2b;
const EQUALS = 61;
const SPACE_CODE = 32;
const COMMA = 44;
const SEMICOLON = 59;
const QUOTE = 34;
const BRACKET = 91;
const BRACE = 123;
/** The type of a constant that becomes part of a date when a number follows. */
const CALENDAR = T_TIME;
/** A code has no more characters than this, and only these. */
const LONGEST_CODE = 5;
const NO_CODE_CHAR = ~(DIGIT | ALPHA | UPPER | JOIN);
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
  /** CODE, KEPT, CONST, SOFT or VAR. */
  readonly kind: Int8Array;
  /** T_... bits of values. */
  readonly type: Int32Array;
  /** Hash of what is constant in the token: all of it, its letters, or VALUE. */
  readonly hash: Int32Array;
  /** Hash of the token as it stands. */
  readonly raw: Int32Array;
  readonly #options: ScannerOptions;
  readonly #hooked: boolean;
  #elided = new Set<number>();
  readonly #line: Line;

  constructor(options: ScannerOptions) {
    const size = options.maxTokens + 1;
    this.#options = options;
    this.#hooked = options.mask !== undefined || options.keep !== undefined;
    this.#line = new Line(options.maxBytes);
    this.start = new Int32Array(size);
    this.end = new Int32Array(size);
    this.kind = new Int8Array(size);
    this.type = new Int32Array(size);
    this.hash = new Int32Array(size);
    this.raw = new Int32Array(size);
  }

  /** Whether its rules are these. */
  has({ mask, keep }: Pick<ScannerOptions, 'mask' | 'keep'>): boolean {
    return this.#options.mask === mask && this.#options.keep === keep;
  }

  /** Reads `text`; returns the number of tokens. */
  scan(text: string): number {
    this.#line.read(text);
    this.length = 0;
    this.#scanFrom(0);
    return this.#finish();
  }

  /** The same for what is read in place of a text. */
  read({ text, request, flat = false }: Reading): number {
    return request ? this.#scanRequest(text, flat) : this.scan(text);
  }

  /**
   * The same for a request: method, path without its query, status, and what was said of it, set off by blanks
   * (`GET /orders/17 502 timed out`). The parts of the path are tokens of their own, so that it keeps its shape.
   */
  #scanRequest(text: string, flat: boolean): number {
    this.#line.read(text);
    this.length = 0;
    const { bytes, length: n } = this.#line;
    const pathAt = Math.min(bytes.indexOf(SPACE_CODE), n);
    const method = hashBytes(bytes, 0, pathAt);
    this.#push(CONST, 0, method, method, 0, pathAt);
    const statusAt = Math.min(bytes.indexOf(SPACE_CODE, pathAt + 1), n);
    if (flat) this.#push(VAR, T_PATH, VALUE, hashBytes(bytes, pathAt + 1, statusAt), pathAt + 1, statusAt);
    else this.#scanPath(pathAt + 1, statusAt);
    const end = Math.min(statusAt + 4, n);
    const code = classOfCode(HTTP, bytes, statusAt + 1, end);
    if (code) this.#push(CODE, T_CODE, code.hash, hashBytes(bytes, statusAt + 1, end), statusAt + 1, end);
    this.#scanFrom(code ? end : statusAt);
    return this.#finish();
  }

  /** The parts of a path: resources are constants, what names one of many is an id, however it is written. */
  #scanPath(from: number, to: number): void {
    const { bytes } = this.#line;
    for (const { start, end, shape } of pathParts(bytes, from, to)) {
      const kind = shape & 3;
      const raw = hashBytes(bytes, start, end);
      if (this.length > this.#options.maxTokens) return;
      if (this.#hooked && this.#ruled(start, end, raw)) continue;
      if (kind === VAR) this.#push(VAR, T_ID, VALUE, raw, start, end);
      else this.#push(kind, shape >> 2, kind === SOFT ? hashLetters(bytes, start, end) : raw, raw, start, end);
    }
  }

  #finish(): number {
    if (this.#line.cut || this.length > this.#options.maxTokens) this.#rest();
    if (this.#elided.size > 0) this.#elided = new Set();
    joinRecords(this, VALUE, this.#cut);
    return this.length;
  }

  #scanFrom(from: number): void {
    const { bytes, length: n } = this.#line;
    const limit = this.#options.maxTokens;
    const { start: starts, end: ends, kind: kinds, type: types, hash: hashes, raw: raws } = this;
    const plain = !this.#hooked;
    let i = from;
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
        if (isEmptyPair(bytes, i)) this.#push(VAR, T_EMPTY, VALUE, HASH_SEED, i + 1, i + 1);
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
        if (c === EQUALS) this.#emptyValue(i + 1);
      } else if (flags & ALNUM) {
        this.#classify(start, i, flags & ~STOP, raw);
        if (c === EQUALS) this.#emptyValue(i + 1);
      }
    }
  }

  /** Whether records of a list were left out before token `i` (or, for the last, behind it). */
  elidedBefore(i: number): boolean {
    return this.#elided.has(i);
  }

  /** Takes `count` tokens out from `at` on. */
  readonly #cut = (at: number, count: number): void => {
    for (const list of [this.start, this.end, this.kind, this.type, this.hash, this.raw]) list.copyWithin(at, at + count, this.length);
    this.length -= count;
    this.#elided = new Set([...this.#elided].map((i) => (i >= at + count ? i - count : Math.min(i, at))));
    this.#elided.add(at);
  };

  /** `k=` with nothing behind it has an empty value: a slot, or lines with and without one would differ in length. */
  #emptyValue(at: number): void {
    const next = this.#line.bytes[at]!;
    if (classes[next]! & SPACE || next === COMMA || next === SEMICOLON) this.#push(VAR, T_EMPTY, VALUE, HASH_SEED, at, at);
  }

  #classify(start: number, end: number, flags: number, raw: number): void {
    if (this.#hooked && this.#ruled(start, end, raw)) return;
    const { bytes } = this.#line;
    const shape = findShape(bytes, start, end, flags);
    const kind = shape & 3;
    if (kind !== CONST && end - start <= LONGEST_CODE && (flags & NO_CODE_CHAR) === 0 && flags & DIGIT) {
      const code = this.#codeAt(start, end);
      if (code) return this.#push(CODE, T_CODE, code.hash, raw, start, end);
    }
    if (kind === VAR) return this.#push(VAR, shape >> 2, VALUE, raw, start, end);
    if (kind === SOFT) return this.#push(SOFT, shape >> 2, hashLetters(bytes, start, end), raw, start, end);
    const word = end - start <= 12 ? wordKind(raw) : WORD_NONE;
    if (word === WORD_NONE || bytes[end] === EQUALS) return this.#push(CONST, 0, raw, raw, start, end);
    if (word === WORD_BOOLEAN) return this.#push(VAR, T_BOOLEAN, VALUE, raw, start, end);
    const type = word === WORD_CALENDAR ? CALENDAR : 0;
    const before = this.length - 1;
    const joins = before >= 0 && this.kind[before] === VAR && (type === CALENDAR || this.type[before]! & (T_NUMBER | T_TIME));
    if (joins) this.#push(VAR, type, VALUE, raw, start, end);
    else this.#push(CONST, type, raw, raw, start, end);
  }

  /** Whether a rule of the user decides what the token is. */
  #ruled(start: number, end: number, raw: number): boolean {
    const { keep, mask } = this.#options;
    const kept = keep?.(this.readText(start, end)) ?? false;
    if (!kept && !mask?.(this.readText(start, end))) return false;
    if (kept) this.#push(KEPT, 0, raw, raw, start, end);
    else this.#push(VAR, 0, VALUE, raw, start, end);
    return true;
  }

  /** The code that a short number is by what stands around it (`status=502`, `exit code 1`, `502 Bad Gateway`), or null. */
  #codeAt(start: number, end: number): CodeClass | null {
    const { bytes, length: n } = this.#line;
    const kind = announcedCode(this, bytes, start);
    if (kind > 0) return classOfCode(kind, bytes, start, end);
    return end - start === 3 && reasonFollows(bytes, start, n) ? classOfCode(HTTP, bytes, start, end) : null;
  }

  /** The line's text from byte `start` to before byte `end`. */
  readText(start: number, end: number): string {
    return this.#line.text.slice(this.#line.place(start), this.#line.place(end));
  }

  /** The number that bytes `start` to before `end` are when they are digits, 15 at most; -1 for anything else. */
  countAt(start: number, end: number): number {
    const { bytes } = this.#line;
    if (end === start || end - start > 15) return -1;
    let value = 0;
    for (let i = start; i < end; i++) {
      const digit = bytes[i]! - 48;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  /** The line's text from byte `start` on. */
  tail(start: number): string {
    return this.#line.text.slice(this.#line.place(start));
  }

  #push(kind: number, type: number, hash: number, raw: number, start: number, end: number): void {
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
  #rest(): void {
    const end = this.#line.length;
    const at = Math.min(this.length, this.#options.maxTokens);
    const start = at < this.length ? this.start[at]! : at > 0 ? this.end[at - 1]! : 0;
    this.length = at;
    this.#push(VAR, 0, VALUE, HASH_SEED, start, end);
  }
}

/** `[]`, `{}`, `""`: a list or a text that holds nothing is a value as one that holds something is; `main()` and `byte[]` are words. */
function isEmptyPair(bytes: Uint8Array, i: number): boolean {
  const next = bytes[i + 1]!;
  const c = bytes[i]!;
  const pair = c === QUOTE ? next === QUOTE : (c === BRACKET || c === BRACE) && next === c + 2;
  return pair && (classes[bytes[i + 2]!]! & (BREAK | STOP)) !== 0 && (i === 0 || (classes[bytes[i - 1]!]! & ALNUM) === 0);
}
