import { line, shown, pieceText, type Piece } from './line.ts';
import { cutMiddle, padEnd, padStart, width } from './text.ts';
import type { ViewOptions } from './viewOptions.ts';

export interface Column {
  head: string;
  align?: 'left' | 'right';
  /** Columns it takes at least, so that pages of the same kind look alike. */
  min?: number;
  /** Longer cells are cut, in the middle, since the end of a name tells it from its neighbours. */
  max?: number;
}

export type Cell = string | Piece;

/** Rows under headings, two blanks apart; the last column takes what is left and is cut by the line. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], view: ViewOptions, { indent = 0 } = {}): string[] {
  const mark = view.ascii ? '~' : '…';
  const texts = rows.map((row) =>
    row.map((cell, at) => {
      const text = shown(pieceText(cell), view);
      const max = columns[at]?.max;
      return max === undefined || view.uncut ? text : cutMiddle(text, max, mark);
    }),
  );
  const widths = columns.map(({ head, min = 0 }, at) => Math.max(width(head), min, ...texts.map((row) => width(row[at] ?? ''))));
  const cells = (row: readonly Cell[], at: number): Piece[] =>
    columns.flatMap(({ align }, column) => {
      const text = at < 0 ? pieceText(row[column] ?? '') : (texts[at]?.[column] ?? '');
      const last = column === columns.length - 1;
      const padded = align === 'right' ? padStart(text, widths[column]!) : last ? text : padEnd(text, widths[column]!);
      const cell = row[column];
      return [{ text: padded, paint: typeof cell === 'object' ? cell.paint : undefined }, { text: last ? '' : '  ' }];
    });
  const lines = [columns.map(({ head }): Cell => ({ text: head, paint: 'dim' })), ...rows];
  return lines.map((row, at) => line([' '.repeat(indent), ...cells(row, at - 1)], view));
}
