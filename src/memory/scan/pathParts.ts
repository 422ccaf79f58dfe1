import { BREAK, classes } from './chars.ts';
import { CONST, findShape, VAR } from './shape.ts';

const SLASH_CODE = 47;
/** Parts of a path that are told apart; what follows is one value. */
const MOST_PARTS = 8;
/** Characters from which on a part is a value: nobody calls a resource that. */
const LONGEST_PART = 40;

/** One part of a path: where it stands, and its kind and type as `findShape` gives them. */
export interface PathPart {
  start: number;
  end: number;
  shape: number;
}

/** The parts of the path in bytes `from` to before `to`, between slashes. */
export function pathParts(bytes: Uint8Array, from: number, to: number): PathPart[] {
  const parts: PathPart[] = [];
  for (let start = from; start < to;) {
    while (start < to && bytes[start] === SLASH_CODE) start++;
    const last = parts.length === MOST_PARTS;
    let end = start;
    let flags = 0;
    while (end < to && (last || bytes[end] !== SLASH_CODE)) flags |= classes[bytes[end++]!]!;
    if (end > start) {
      const isLong = last || end - start > LONGEST_PART;
      parts.push({ start, end, shape: isLong ? VAR : shapeOfPart(bytes, start, end, flags & ~BREAK) });
    }
    start = end;
  }
  return parts;
}

/** `v1` and `v2` are two interfaces; any other name with a number is one of many. */
function shapeOfPart(bytes: Uint8Array, start: number, end: number, flags: number): number {
  const digits = end - start - 1;
  const isVersion = bytes[start] === 118 && (digits === 1 || digits === 2) && isDigit(bytes[start + 1]!) && isDigit(bytes[end - 1]!);
  return isVersion ? CONST : findShape(bytes, start, end, flags);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
