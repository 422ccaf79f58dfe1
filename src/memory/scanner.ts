import { ALNUM, BREAK, COLON, DIGIT, DOT, HEX, LETTER, SLASH, SPACE, STOP, UPPER, classOf, classes } from './chars.ts';
import { CONST, SOFT, T_BOOLEAN, T_EMPTY, T_NUMBER, T_TIME, VAR, shapeOf } from './shape.ts';
import { HASH_PRIME, HASH_SEED, WORD_BOOLEAN, WORD_CALENDAR, WORD_NONE, wordKind } from './words.ts';

/** Stands for any value in a signature. */
export const VALUE = 0x2a2a2a2b;
const EQUALS = 61;
const COLON_CODE = 58;
const HASH_CODE = 35;
const COMMA = 44;
const SEMICOLON = 59;
/** Tokens a record of a list may have. */
const LONGEST_RECORD = 4;

/** Says of one token whether a rule of the user applies to it. */
export type TokenTest = (token: string) => boolean;

export interface ScannerOptions {
  /** Tokens of a line that are told apart; what follows is one value. */
  maxTokens: number;
  /** Characters of a line that are read. */
  maxChars: number;
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
  private readonly calendar: Uint8Array;
  private readonly options: ScannerOptions;
  private text = '';

  constructor(options: ScannerOptions) {
    const size = options.maxTokens + 1;
    this.options = options;
    this.start = new Int32Array(size);
    this.end = new Int32Array(size);
    this.kind = new Uint8Array(size);
    this.type = new Int32Array(size);
    this.hash = new Int32Array(size);
    this.raw = new Int32Array(size);
    this.calendar = new Uint8Array(size);
  }

  /** Reads `text`; returns the number of tokens. */
  scan(text: string): number {
    this.text = text;
    this.length = 0;
    const n = Math.min(text.length, this.options.maxChars);
    let i = 0;
    while (i < n) {
      const c = text.charCodeAt(i);
      if ((c < 128 ? classes[c]! : classOf(c)) & (BREAK | STOP)) i++;
      else if (this.length <= this.options.maxTokens) i = this.token(i, n);
      else break;
    }
    if (n < text.length || this.length > this.options.maxTokens) this.rest(text.length);
    this.joinRepeats();
    return this.length;
  }

  /**
   * Makes one record of a list of records: `node-0 0x1 <ok> node-1 0x1 <ok>` has the shape of `node-0 0x1 <ok>`, for
   * how long a list is says nothing about what kind of line it is. A record is up to four tokens, not all constant.
   */
  private joinRepeats(): void {
    const { hash } = this;
    if (!this.mayRepeat()) return;
    for (let width = 1; width <= LONGEST_RECORD; width++) {
      let same = 0;
      for (let i = width; i < this.length; i++) {
        same = hash[i] === hash[i - width] ? same + 1 : 0;
        if (same < width || !this.holdsValue(i - width + 1, i)) continue;
        this.cut(i - width + 1, width);
        i -= width;
        same = 0;
      }
    }
  }

  /** Whether any constant comes again within a record's length: nearly no line gets past this. */
  private mayRepeat(): boolean {
    const { hash } = this;
    for (let i = 1; i < this.length; i++) {
      const h = hash[i]!;
      if (h !== VALUE && (h === hash[i - 1] || h === hash[i - 2] || h === hash[i - 3] || h === hash[i - 4])) return true;
    }
    return false;
  }

  private holdsValue(from: number, to: number): boolean {
    for (let i = from; i <= to; i++) if (this.kind[i] !== CONST) return true;
    return false;
  }

  /** Takes `count` tokens out from `at` on. */
  private cut(at: number, count: number): void {
    for (const list of [this.start, this.end, this.kind, this.type, this.hash, this.raw]) list.copyWithin(at, at + count, this.length);
    this.length -= count;
  }

  /** Reads the token that starts at `start`; returns where to go on. */
  private token(start: number, n: number): number {
    const text = this.text;
    // Imported names are looked up anew at each use; in this loop that would cost more than the work.
    const table = classes;
    const prime = HASH_PRIME;
    const ends = BREAK | STOP;
    const space = SPACE;
    let raw = HASH_SEED;
    let flags = 0;
    let i = start;
    for (; i < n; i++) {
      const c = text.charCodeAt(i);
      const cls = c < 128 ? table[c]! : classOf(c);
      if ((cls & ends) !== 0 && ((cls & space) !== 0 || !this.goesOn(i, n, c, flags, start))) break;
      raw = Math.imul(raw ^ c, prime);
      flags |= cls;
    }
    if (flags & ALNUM) {
      this.classify(start, i, flags & ~STOP, raw);
      if (i < n && text.charCodeAt(i) === EQUALS) this.emptyValue(i + 1, n);
    }
    return i;
  }

  /** `k=` with nothing behind it has an empty value: a slot, or lines with and without one would differ in length. */
  private emptyValue(at: number, n: number): void {
    const next = at < n ? this.text.charCodeAt(at) : 32;
    if (classOf(next) & SPACE || next === COMMA || next === SEMICOLON) this.push(VAR, T_EMPTY, VALUE, HASH_SEED, at, at);
  }

  /** Whether a break or stop at `i` belongs to the token that is being read. */
  private goesOn(i: number, n: number, c: number, flags: number, start: number): boolean {
    if (i + 1 >= n) return false;
    const text = this.text;
    const last = i > start ? classOf(text.charCodeAt(i - 1)) : 0;
    const nextCode = text.charCodeAt(i + 1);
    const next = classOf(nextCode);
    // don't, can't
    if (c === 39) return (last & (HEX | LETTER)) !== 0 && (next & (HEX | LETTER)) !== 0;
    if (c === EQUALS) return (flags & SLASH) !== 0 && text.lastIndexOf('?', i) > start;
    if (c === 46) return (next & (BREAK | STOP)) === 0;
    if (c === 63) return (flags & SLASH) !== 0 && (next & (BREAK | STOP)) === 0;
    if (c !== COLON_CODE) return false;
    if (nextCode === COLON_CODE) return i + 2 < n && (classOf(text.charCodeAt(i + 2)) & (HEX | LETTER)) !== 0;
    if (last & COLON) return true;
    if (next & SLASH) return nextCode === 92 || (text.charCodeAt(i + 2) === 47 && (flags & ~(HEX | LETTER | UPPER)) === 0);
    if (next & DIGIT && (last & DIGIT || flags & DOT)) return true;
    return this.hexGroups(i, n, start, flags);
  }

  /** Whether the colon at `i` stands between groups of hex digits, as in a MAC or IPv6 address. */
  private hexGroups(i: number, n: number, start: number, flags: number): boolean {
    if (flags & ~(DIGIT | HEX | UPPER | COLON | STOP)) return false;
    if (!(flags & COLON) && i - start > 4) return false;
    let k = i + 1;
    while (k < n && k - i <= 5 && classOf(this.text.charCodeAt(k)) & (DIGIT | HEX)) k++;
    const group = k - i - 1;
    if (group < 1 || group > 4) return false;
    // A second colon must follow, or lie behind: two hex-like words with one colon are just words.
    return flags & COLON ? k >= n || (classOf(this.text.charCodeAt(k)) & (BREAK | STOP)) !== 0 : this.text.charCodeAt(k) === COLON_CODE;
  }

  private classify(start: number, end: number, flags: number, raw: number): void {
    const { keep, mask } = this.options;
    if (keep?.(this.text.slice(start, end))) return this.push(CONST, 0, raw, raw, start, end);
    if (mask?.(this.text.slice(start, end))) return this.push(VAR, 0, VALUE, raw, start, end);
    const shape = shapeOf(this.text, start, end, flags);
    const kind = shape & 3;
    if (kind === VAR) return this.push(VAR, shape >> 2, VALUE, raw, start, end);
    if (kind === SOFT) return this.push(SOFT, shape >> 2, hashLetters(this.text, start, end), raw, start, end);
    const word = end - start <= 12 ? wordKind(raw) : WORD_NONE;
    if (word !== WORD_NONE && this.text.charCodeAt(end) !== EQUALS) {
      if (word === WORD_BOOLEAN) return this.push(VAR, T_BOOLEAN, VALUE, raw, start, end);
      const before = this.length - 1;
      const afterValue = before >= 0 && this.kind[before] === VAR;
      if (afterValue && (word === WORD_CALENDAR || this.type[before]! & (T_NUMBER | T_TIME))) {
        return this.push(VAR, word === WORD_CALENDAR ? T_TIME : 0, VALUE, raw, start, end);
      }
      this.push(CONST, 0, raw, raw, start, end);
      if (word === WORD_CALENDAR) this.calendar[this.length - 1] = 1;
      return;
    }
    this.push(CONST, 0, raw, raw, start, end);
  }

  private push(kind: number, type: number, hash: number, raw: number, start: number, end: number): void {
    let at = this.length;
    if (kind === VAR) {
      // `Fri Jun 17`: the names before a number are part of the date.
      while (at > 0 && this.calendar[at - 1] === 1) {
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
    this.calendar[at] = 0;
    this.length = at + 1;
  }

  /** Everything from the last token on becomes one value: the line is longer than the limits. */
  private rest(end: number): void {
    const at = Math.min(this.length, this.options.maxTokens);
    const start = at < this.length ? this.start[at]! : at > 0 ? this.end[at - 1]! : 0;
    this.length = at;
    this.push(VAR, 0, VALUE, HASH_SEED, start, end);
  }
}

/** Hash of a token with `#` for each run of digits. */
function hashLetters(text: string, start: number, end: number): number {
  let hash = HASH_SEED;
  let digit = false;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    const isDigit = c >= 48 && c <= 57;
    if (!isDigit) hash = Math.imul(hash ^ c, HASH_PRIME);
    else if (!digit) hash = Math.imul(hash ^ HASH_CODE, HASH_PRIME);
    digit = isDigit;
  }
  return hash;
}
