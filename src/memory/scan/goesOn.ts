import * as chars from './chars.ts';

// Constants of the file are compiled in; imported ones are looked up at each use, which costs a third of the time here.
const { BREAK, COLON, DIGIT, DOT, HEX, LETTER, SLASH, STOP, UPPER, classes } = chars;

const APOSTROPHE = 39;
const DOT_CODE = 46;
const COLON_CODE = 58;
const EQUALS = 61;
const QUESTION = 63;
const BACKSLASH = 92;
const SLASH_CODE = 47;
const LETTERS = HEX | LETTER;

/**
 * Whether the break or stop `c` at `i` belongs to the token that began at `start` and has the classes `flags` so far.
 * The line must have spaces behind its end.
 */
export function goesOn(bytes: Uint8Array, i: number, c: number, flags: number, start: number): boolean {
  const next = classes[bytes[i + 1]!]!;
  if (c === DOT_CODE) return (next & (BREAK | STOP)) === 0;
  if (c === COLON_CODE) return colonGoesOn(bytes, i, flags, start);
  // don't, can't
  if (c === APOSTROPHE) return (classes[bytes[i - 1]!]! & LETTERS) !== 0 && (next & LETTERS) !== 0;
  if ((flags & SLASH) === 0) return false;
  // The query of a URL.
  if (c === EQUALS) return (next & BREAK) === 0 && bytes.lastIndexOf(QUESTION, i) > start;
  return c === QUESTION && (next & (BREAK | STOP)) === 0;
}

function colonGoesOn(bytes: Uint8Array, i: number, flags: number, start: number): boolean {
  const nextCode = bytes[i + 1]!;
  const next = classes[nextCode]!;
  const last = classes[bytes[i - 1]!]!;
  if (nextCode === COLON_CODE) return (classes[bytes[i + 2]!]! & LETTERS) !== 0;
  if (last & COLON) return true;
  if (next & SLASH) return nextCode === BACKSLASH || (bytes[i + 2] === SLASH_CODE && (flags & ~(LETTERS | UPPER)) === 0);
  if (next & DIGIT && (last & DIGIT || flags & DOT)) return true;
  return hexGroups(bytes, i, start, flags);
}

/** Whether the colon at `i` stands between groups of hex digits, as in a MAC or IPv6 address. */
function hexGroups(bytes: Uint8Array, i: number, start: number, flags: number): boolean {
  if (flags & ~(DIGIT | HEX | UPPER | COLON | STOP)) return false;
  if (!(flags & COLON) && i - start > 4) return false;
  let k = i + 1;
  while (k - i <= 5 && classes[bytes[k]!]! & (DIGIT | HEX)) k++;
  const group = k - i - 1;
  if (group < 1 || group > 4) return false;
  // A second colon must follow, or lie behind: two hex-like words with one colon are just words.
  return flags & COLON ? (classes[bytes[k]!]! & (BREAK | STOP)) !== 0 : bytes[k] === COLON_CODE;
}
