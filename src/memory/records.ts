import { CONST } from './shape.ts';

/** Tokens a record of a list may have. */
const LONGEST_RECORD = 4;

/** A line's tokens as parallel arrays, of which `length` are in use. */
export interface TokenRow {
  length: number;
  readonly kind: Uint8Array;
  readonly hash: Int32Array;
}

/**
 * Finds the lists of records in a line: `node-0 0x1 <ok> node-1 0x1 <ok>` has the shape of `node-0 0x1 <ok>`, for how
 * long a list is says nothing about what kind of line it is. A record is up to four tokens, not all of them constant.
 * Calls `cut(at, count)` for each record that repeats the one before it; `cut` takes it out.
 */
export function joinRecords(row: TokenRow, value: number, cut: (at: number, count: number) => void): void {
  if (!mayRepeat(row, value)) return;
  const { hash } = row;
  for (let width = 1; width <= LONGEST_RECORD; width++) {
    let same = 0;
    for (let i = width; i < row.length; i++) {
      same = hash[i] === hash[i - width] ? same + 1 : 0;
      if (same < width || !holdsValue(row, i - width + 1, i)) continue;
      cut(i - width + 1, width);
      i -= width;
      same = 0;
    }
  }
}

/** Whether any constant comes again within a record's length: nearly no line gets past this. */
function mayRepeat({ hash, length }: TokenRow, value: number): boolean {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < length; i++) {
    const h = hash[i]!;
    if ((h === a || h === b || h === c || h === d) && h !== value) return true;
    d = c;
    c = b;
    b = a;
    a = h;
  }
  return false;
}

function holdsValue({ kind }: TokenRow, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (kind[i] !== CONST) return true;
  return false;
}
