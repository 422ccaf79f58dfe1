import { CONST } from '../scan/shape.ts';
import { HTTP } from './codeClass.ts';
import { kindAfter, kindInContext, NO_CODE, SOME_STATUS } from './codeName.ts';

/** Words that may stand between `exited` and its number, the announcing one included. */
const LOOK_BACK = 3;
/** Marks between a name and its number: `status=502`, `status: 502`, `"status": 502`. */
const WIDEST_GAP = 4;

/** The tokens of a line so far, as the scanner keeps them. */
export interface TokensSoFar {
  readonly length: number;
  readonly end: Int32Array;
  readonly kind: Int8Array;
  readonly raw: Int32Array;
  readonly start: Int32Array;
  readText(start: number, end: number): string;
}

/** What kind of code the token before byte `start` announces; NO_CODE when it announces none. */
export function announcedCode(tokens: TokensSoFar, bytes: Uint8Array, start: number): number {
  const before = tokens.length - 1;
  if (before < 0 || !onlyMarks(bytes, tokens.end[before]!, start)) return NO_CODE;
  if (tokens.kind[before]! > CONST) return versionBefore(bytes, tokens.end[before]!) ? HTTP : NO_CODE;
  const kind = kindAfter(tokens.raw[before]!, () => tokens.readText(tokens.start[before]!, tokens.end[before]!));
  if (kind >= NO_CODE) return kind;
  for (let at = before - 1; at >= 0 && at >= before - LOOK_BACK; at--) {
    if (tokens.kind[at]! > CONST) continue;
    const found = kindInContext(tokens.raw[at]!, () => tokens.readText(tokens.start[at]!, tokens.end[at]!));
    if (found !== NO_CODE) return found;
  }
  return kind === SOME_STATUS ? HTTP : NO_CODE;
}

/** Blank, `=`, `:`, `[`, `(` and quotes. */
function onlyMarks(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > WIDEST_GAP) return false;
  for (let i = from; i < to; i++) {
    const code = bytes[i]!;
    if (code !== 32 && code !== 61 && code !== 58 && code !== 91 && code !== 40 && code !== 34 && code !== 39) return false;
  }
  return true;
}

/** `HTTP/1.1`, `HTTP/2`: a status follows. */
function versionBefore(bytes: Uint8Array, end: number): boolean {
  let at = end - 1;
  while (at > 0 && ((bytes[at]! >= 48 && bytes[at]! <= 57) || bytes[at] === 46)) at--;
  return (
    at < end - 1 &&
    at >= 4 &&
    bytes[at] === 47 &&
    bytes[at - 1] === 80 &&
    bytes[at - 2] === 84 &&
    bytes[at - 3] === 84 &&
    bytes[at - 4] === 72
  );
}
