import { line, shown, pieceText, type Piece, type Row } from './line.ts';
import { cut, width } from './text.ts';
import { usableColumns, type ViewOptions } from './viewOptions.ts';

/** Where headings end on the right, when the screen is that wide: a little before the longest line. */
export const rightEdge = 90;

const measureRow = (row: Row, view: ViewOptions) => row.reduce((sum, piece) => sum + width(shown(pieceText(piece), view)), 0);

/**
 * A heading: left part, right part at the right edge. Where both do not fit on one line the right part goes to a line
 * of its own.
 */
export function heading(left: Row, right: Row, view: ViewOptions): string[] {
  const gap = findGap(left, right, view);
  if (gap >= 2) return [line([...left, ' '.repeat(gap), ...right], view)];
  return [line(left, view), line(right, view)];
}

/** Whether both parts of a heading fit on one line. */
export const headingFits = (left: Row, right: Row, view: ViewOptions): boolean => findGap(left, right, view) >= 2;

const findGap = (left: Row, right: Row, view: ViewOptions): number =>
  Math.min(usableColumns(view), rightEdge) - measureRow(left, view) - measureRow(right, view);

/** Parts one after the other with a gap between them, on as many lines as they need; none is torn. */
export function flow(parts: readonly Row[], view: ViewOptions, { gap = 2, indent = 0 } = {}): string[] {
  const lines: Row[] = [];
  let current: (string | Piece)[] = [];
  for (const part of parts) {
    const before = lines.length === 0 && current.length === 0 ? '' : ' '.repeat(current.length === 0 ? indent : gap);
    if (current.length > 0 && measureRow([...current, ' '.repeat(gap), ...part], view) > usableColumns(view)) {
      lines.push(current);
      current = [' '.repeat(indent), ...withoutLead(part)];
    } else {
      current = [...current, before, ...part];
    }
  }
  if (current.length > 0) lines.push(current);
  return lines.map((row) => line(row, view));
}

/** A part that begins a line does not begin with a blank. */
function withoutLead([first, ...rest]: Row): Row {
  return typeof first === 'string' ? [first.trimStart(), ...rest] : first === undefined ? rest : [first, ...rest];
}

/** The last line: what to do next, ready to paste. Commands that have no room are left out, never cut. */
export function commands(list: readonly string[], view: ViewOptions): string[] {
  let used = 0;
  const fits = list.filter((command) => {
    const needed = width(command) + (used === 0 ? 0 : 6);
    if (!view.uncut && used + needed > usableColumns(view)) return false;
    used += needed;
    return true;
  });
  return fits.length === 0 ? [] : ['', line([{ text: fits.join(' '.repeat(6)), paint: 'dim' }], view)];
}

/** A text cut to a width of its own, in the characters that will be shown. */
export const cutTo = (text: string, columns: number, view: ViewOptions): string =>
  view.uncut ? shown(text, view) : cut(shown(text, view), columns, view.ascii ? '~' : '…');
