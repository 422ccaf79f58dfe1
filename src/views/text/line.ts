import picocolors from 'picocolors';
import { sanitize } from './sanitize.ts';
import { cut, width } from './text.ts';
import { usableColumns, type ViewOptions } from './viewOptions.ts';

export type Paint = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

/** A piece of a line, with the colour it gets where colours are on. */
export interface Piece {
  text: string;
  paint?: Paint | undefined;
}

export type Row = readonly (string | Piece)[];

const painters = picocolors.createColors(true);

/** What stands for the few characters beyond ASCII that the views use themselves. */
const plain: Readonly<Record<string, string>> = { '…': '~', '·': '.', '−': '-', '×': 'x' };
const toAscii = (text: string) => text.replace(/[^\x20-\x7e]/gu, (character) => plain[character] ?? '?');

export const pieceText = (piece: string | Piece): string => (typeof piece === 'string' ? piece : piece.text);

/** A text as it will stand on the screen, for measuring: harmless, and in ASCII where that is asked for. */
export function shown(text: string, { ascii }: Pick<ViewOptions, 'ascii'>): string {
  const harmless = sanitize(text);
  return ascii ? toAscii(harmless) : harmless;
}

/**
 * One line for the screen. Every view's text passes through here: it is made harmless, cut to the columns of the screen and
 * coloured last, so that neither log text nor a colour can break the page.
 */
export function line(row: Row, view: ViewOptions): string {
  const pieces = row.map((piece) => ({ text: shown(pieceText(piece), view), paint: typeof piece === 'string' ? undefined : piece.paint }));
  const fits = trimmed(view.uncut ? pieces : fitted(pieces, usableColumns(view), view.ascii ? '~' : '…'));
  return fits.map(({ text, paint }) => (view.color && paint && text !== '' ? painters[paint](text) : text)).join('');
}

function fitted(pieces: Piece[], columns: number, mark: string): Piece[] {
  if (pieces.reduce((sum, { text }) => sum + width(text), 0) <= columns) return pieces;
  const fits: Piece[] = [];
  let left = columns;
  for (const piece of pieces) {
    const used = width(piece.text);
    // Another piece follows for sure, else the whole would fit: one column is kept for the mark.
    if (used < left) {
      fits.push(piece);
      left -= used;
      continue;
    }
    fits.push({ ...piece, text: cut(`${piece.text}${mark}`, left, mark) });
    break;
  }
  return fits;
}

/** Without blanks at the end of the line. */
function trimmed(pieces: Piece[]): Piece[] {
  const kept = [...pieces];
  while (kept.length > 0) {
    const last = kept.at(-1)!;
    const text = last.text.replace(/ +$/, '');
    if (text !== '') return [...kept.slice(0, -1), { ...last, text }];
    kept.pop();
  }
  return kept;
}
