import * as chars from './chars.ts';

// Constants of the file are compiled in; imported ones are looked up at each use, which costs a third of the time here.
const { ALPHA, AT, COLON, DIGIT, DOT, HEX, JOIN, OTHER, SLASH, STOP, UPPER } = chars;

/** A constant that no evidence makes a value: a rule of the user keeps it apart. Less than CONST, as that is less than what may be a value. */
export const KEPT = -1;
/** A number that is a name (a status, an exit code): constant by its class, whatever the evidence; its values are counted. */
export const CODE = -2;
/** What a token is to a template. */
export const CONST = 0;
/** Letters with one short number in them (`dn2`, `eth0`): the letters are constant, the number is not. */
export const SOFT = 1;
/** A value by its shape alone. */
export const VAR = 2;

/** What a value looks like; bits, because a slot may hold several kinds. */
export const T_NUMBER = 1;
export const T_IP = 2;
export const T_HOST = 4;
export const T_PATH = 8;
export const T_ID = 16;
export const T_TIME = 32;
export const T_URL = 64;
export const T_EMAIL = 128;
export const T_BOOLEAN = 256;
export const T_WORD = 512;
export const T_EMPTY = 1024;
export const T_CODE = 2048;

const SLASH_CODE = 47;
const DOT_CODE = 46;
const COLON_CODE = 58;
const ZERO_CODE = 48;
const X_CODE = 120;
const ANY_STOP = STOP | DOT | COLON;
/** From this many digits on a token is an id and not a name with a number (`blk_1073741825`, not `node-17`). */
const ID_DIGITS = 4;
/** Eight letters a-f and nothing else are a hex id: no common English word is that long in them. */
const HEX_WORD = 8;
/** With a digit among them six are enough (`bff8fde`). */
const HEX_ID = 6;

/**
 * The kind and type of one token, as `kind | type << 2`; `flags` are its character classes or-ed together.
 */
export function findShape(bytes: Uint8Array, start: number, end: number, flags: number): number {
  // `#ffcc00` is a colour, and so is `#facade`.
  if (bytes[start] === 35 && end - start === 7 && !(flags & ~(HEX | UPPER | OTHER | DIGIT))) return VAR | (T_ID << 2);
  if (!(flags & DIGIT))
    return flags & ~(ALPHA | UPPER | OTHER | JOIN) ? shapeOfName(bytes, start, end, flags) : shapeOfWord(flags, end - start);
  if (flags === DIGIT) return VAR | (T_NUMBER << 2);
  const first = bytes[start]!;
  const numeric = (first >= 48 && first <= 57) || !(flags & ALPHA);
  if (flags & (SLASH | AT | ANY_STOP)) {
    const type = valueType(bytes, start, end, flags, numeric);
    if (numeric || type !== T_ID) return VAR | (type << 2);
  } else if (numeric) {
    return VAR | ((flags & ALPHA ? idOrNumber(bytes, start, end) : T_NUMBER) << 2);
  }
  if (!(flags & ~(HEX | UPPER | DIGIT)) && end - start >= HEX_ID) return VAR | (T_ID << 2);
  return isNumberedName(bytes, start, end) ? SOFT | (T_HOST << 2) : VAR | (T_ID << 2);
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** One run of few digits among letters. */
function isNumberedName(bytes: Uint8Array, start: number, end: number): boolean {
  let from = start;
  while (from < end && !isDigit(bytes[from]!)) from++;
  let to = from;
  while (to < end && isDigit(bytes[to]!)) if (++to - from >= ID_DIGITS) return false;
  // `do_page_fault+0xa`: an offset, however short.
  if (bytes[from] === ZERO_CODE && to === from + 1 && bytes[to] === X_CODE) return false;
  for (let i = to; i < end; i++) if (isDigit(bytes[i]!)) return false;
  return to > from;
}

function shapeOfWord(flags: number, length: number): number {
  const hexOnly = !(flags & ~(HEX | UPPER));
  return hexOnly && length >= HEX_WORD ? VAR | (T_ID << 2) : CONST | (T_WORD << 2);
}

/** A token without digits that has dots, slashes, colons or an at sign. */
function shapeOfName(bytes: Uint8Array, start: number, end: number, flags: number): number {
  if (flags & SLASH) {
    const type = pathType(bytes, start, end);
    return type ? VAR | (type << 2) : CONST | (T_WORD << 2);
  }
  if (flags & AT && flags & DOT && bytes[start]! !== 64) return VAR | (T_EMAIL << 2);
  if (flags & DOT && !(flags & (COLON | UPPER)) && looksLikeHost(bytes, start, end)) return VAR | (T_HOST << 2);
  return CONST | (T_WORD << 2);
}

/** A path, a URL, or 0 for words joined by a slash (`read/write`, `n/a`). */
function pathType(bytes: Uint8Array, start: number, end: number): number {
  let slashes = 0;
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (c !== SLASH_CODE && c !== 92) continue;
    slashes++;
    if (i > start && c === SLASH_CODE && bytes[i - 1]! === 58 && bytes[i + 1]! === SLASH_CODE) return T_URL;
  }
  const first = bytes[start]!;
  const rooted = first === SLASH_CODE || first === 92 || first === 46 || first === 126 || bytes[start + 1]! === 58;
  return slashes > 1 || (rooted && end - start > 1) ? T_PATH : 0;
}

/** Two dots or more, lower case, ending in a label of two or three letters, as host names do and sentences do not. */
function looksLikeHost(bytes: Uint8Array, start: number, end: number): boolean {
  const last = findLast(bytes, DOT_CODE, start, end);
  const label = end - 1 - last;
  if (label < 2 || label > 3) return false;
  const second = findLast(bytes, DOT_CODE, start, last);
  return second > start && second < last - 1;
}

/** The type of a value with digits and at least one of `/ \ @ . : ! ?`. */
function valueType(bytes: Uint8Array, start: number, end: number, flags: number, numeric: boolean): number {
  if (flags & DOT && !(flags & ALPHA) && dottedQuad(bytes, bytes[start] === SLASH_CODE ? start + 1 : start, end)) return T_IP;
  const path = flags & SLASH ? pathType(bytes, start, end) : 0;
  if (path) return path;
  if (flags & AT && flags & DOT && !numeric) return T_EMAIL;
  if (!(flags & ALPHA)) return flags & COLON ? T_TIME : T_NUMBER;
  if (flags & DOT && !(flags & SLASH) && hostAndPort(bytes, start, end)) return T_HOST;
  return numeric && flags & DOT && !(flags & (SLASH | COLON)) ? idOrNumber(bytes, start, end) : T_ID;
}

/** Four numbers with dots, with or without a port; nothing else behind them. */
function dottedQuad(bytes: Uint8Array, start: number, end: number): boolean {
  let dots = 0;
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    if (c === 46) dots++;
    else if (c === 58) return dots === 3;
    else if (c < 48 || c > 57) return false;
  }
  return dots === 3;
}

/** `name.domain:443`, or a name of dotted labels some of which hold digits, ending in two or three letters. */
function hostAndPort(bytes: Uint8Array, start: number, end: number): boolean {
  const colon = findLast(bytes, COLON_CODE, start, end);
  const stop = colon > start ? colon : end;
  const last = findLast(bytes, DOT_CODE, start, stop);
  const label = stop - 1 - last;
  if (last <= start || label < 2 || label > 4) return false;
  for (let i = last + 1; i < stop; i++) {
    const c = bytes[i]!;
    if (c < 97 || c > 122) return false;
  }
  return true;
}

/** Digits with a unit glued on (`10ms`, `64MB`, `1.5s`) are a number; everything else that starts with a digit an id. */
function idOrNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  for (; i < end; i++) {
    const c = bytes[i]!;
    if (!((c >= 48 && c <= 57) || c === 46 || c === 45 || c === 43)) break;
  }
  for (let k = i; k < end; k++) {
    const c = bytes[k]!;
    if (c >= 48 && c <= 57) return T_ID;
  }
  return end - i <= 3 ? T_NUMBER : T_ID;
}

/** Where `code` last stands in the bytes from `start` to before `end`, or -1. */
function findLast(bytes: Uint8Array, code: number, start: number, end: number): number {
  for (let i = end - 1; i >= start; i--) if (bytes[i] === code) return i;
  return -1;
}
