/** What a character is to the scanner: bits, so that a token's characters can be or-ed together. */
export const SPACE = 1;
/** Ends a token wherever it stands. */
export const BREAK = 2;
export const DIGIT = 4;
/** a-f and A-F. */
export const HEX = 8;
/** Any other letter; every byte beyond ASCII counts as one. */
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

/** Class of each byte of UTF-8 text. */
export const classes: Uint16Array = build();

/** Whether a character beyond ASCII is a kind of space. */
export function isWideSpace(code: number): boolean {
  return code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0xfeff;
}

function build(): Uint16Array {
  const table = new Uint16Array(256).fill(LETTER);
  table.fill(OTHER, 0, 128);
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
