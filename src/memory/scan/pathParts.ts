import { BREAK, classes } from './chars.ts';
import { shapeOf, VAR } from './shape.ts';

const SLASH_CODE = 47;
/** Parts of a path that are told apart; what follows is one value. */
const MOST_PARTS = 8;
/** Characters from which on a part is a value: nobody calls a resource that. */
const LONGEST_PART = 40;

/** One part of a path: where it stands, and its kind and type as `shapeOf` gives them. */
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
    if (end > start)
      parts.push({ start, end, shape: last || end - start > LONGEST_PART ? VAR : shapeOf(bytes, start, end, flags & ~BREAK) });
    start = end;
  }
  return parts;
}
