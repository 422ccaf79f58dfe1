import { CONST } from './shape.ts';

/** Tokens a record of a list may have. */
const LONGEST_RECORD = 4;

/** A line's tokens as parallel arrays, of which `length` are in use. */
export interface TokenRow {
  length: number;
  readonly kind: Int8Array;
  readonly hash: Int32Array;
}

/**
 * Finds the lists of records in a line: `node-0 0x1 <ok> node-1 0x1 <ok>` has the shape of `node-0 0x1 <ok>`, for how
 * long a list is says nothing about what kind of line it is. A record is up to four tokens, not all of them constant.
 * Calls `cut(at, count)` for each record that repeats the one before it; `cut` takes it out.
 */
export function joinRecords(row: TokenRow, value: number, cut: (at: number, count: number) => void): void {
  let widths = repeatingWidths(row, value);
  const { hash } = row;
  for (let width = 1; width <= LONGEST_RECORD; width++) {
    if ((widths & (1 << width)) === 0) continue;
    let same = 0;
    for (let i = width; i < row.length; i++) {
      same = hash[i] === hash[i - width] ? same + 1 : 0;
      if (same < width || !holdsValue(row, i - width + 1, i)) continue;
      cut(i - width + 1, width);
      // What stands side by side now may repeat in other ways.
      widths = -1;
      i -= width;
      same = 0;
    }
  }
}

/** At which distances, as bits, any constant comes again: at none in nearly every line. */
function repeatingWidths({ hash, length }: TokenRow, value: number): number {
  let widths = 0;
  let a = value;
  let b = value;
  let c = value;
  let d = value;
  for (let i = 0; i < length; i++) {
    const h = hash[i]!;
    if ((h === a || h === b || h === c || h === d) && h !== value)
      widths |= (h === a ? 2 : 0) | (h === b ? 4 : 0) | (h === c ? 8 : 0) | (h === d ? 16 : 0);
    d = c;
    c = b;
    b = a;
    a = h;
  }
  return widths;
}

function holdsValue({ kind }: TokenRow, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (kind[i]! > CONST) return true;
  return false;
}
