/** What a character is to the scanner: bits, so that a token's characters can be or-ed together. */
export const SPACE = 1;
/** Ends a token wherever it stands. */
export const BREAK = 2;
export const DIGIT = 4;
/** a-f and A-F. */
export const HEX = 8;
/** Any other letter; everything beyond ASCII counts as one. */
export const LETTER = 16;
/** `.` `:` `!` `?`: part of a token or its end, which the next character decides. */
export const STOP = 32;
export const DOT = 64;
export const COLON = 128;
export const SLASH = 256;
export const AT = 512;
/** `_` and `-`, which join the parts of names. */
export const JOIN = 1024;
/** Any other visible character. */
export const OTHER = 2048;
/** In addition to HEX or LETTER: a capital. */
export const UPPER = 4096;

export const ALPHA = HEX | LETTER;
export const ALNUM = ALPHA | DIGIT;

/** Class of each ASCII character. */
export const classes: Uint16Array = build();

/** The class of a UTF-16 code unit. */
export function classOf(code: number): number {
  return code < 128 ? classes[code]! : code === 0xa0 || code === 0x3000 || code === 0x2028 || code === 0xfeff ? SPACE | BREAK : LETTER;
}

function build(): Uint16Array {
  const table = new Uint16Array(128).fill(OTHER);
  const set = (chars: string, bits: number): void => {
    for (const c of chars) table[c.charCodeAt(0)] = bits;
  };
  for (let c = 0; c <= 32; c++) table[c] = SPACE | BREAK;
  table[127] = SPACE | BREAK;
  set('=,;()[]{}<>"\'|', BREAK);
  set('0123456789', DIGIT);
  set('ghijklmnopqrstuvwxyz', LETTER);
  set('GHIJKLMNOPQRSTUVWXYZ', LETTER | UPPER);
  set('abcdef', HEX);
  set('ABCDEF', HEX | UPPER);
  set('!?', STOP);
  set('.', STOP | DOT);
  set(':', STOP | COLON);
  set('/\\', SLASH);
  set('@', AT);
  set('_-', JOIN);
  return table;
}
