import { splitGraphemes, graphemeWidth } from './graphemes.ts';

const ascii = /^[\x20-\x7e]*$/;
/** Escape sequences that colour text: drawn as nothing. */
const colours = /\u001b\[[\d;]*m/g;

/** Columns a text takes on a terminal; East Asian wide characters and emoji take two. */
export const width = (text: string): number =>
  ascii.test(text) ? text.length : splitGraphemes(text.replace(colours, '')).reduce((sum, one) => sum + graphemeWidth(one), 0);

/** The beginning of a text that fits into so many columns, ending in `mark` when something is left out. */
export function cut(text: string, columns: number, mark = '…'): string {
  if (width(text) <= columns) return text;
  if (columns < width(mark)) return '';
  return `${head(text, columns - width(mark))}${mark}`;
}

function head(text: string, columns: number): string {
  if (ascii.test(text)) return text.slice(0, columns);
  let taken = '';
  let used = 0;
  for (const segment of splitGraphemes(text)) {
    used += graphemeWidth(segment);
    if (used > columns) break;
    taken += segment;
  }
  return taken;
}

/** The same with the middle left out, for names whose end tells most. */
export function cutMiddle(text: string, columns: number, mark = '…'): string {
  if (width(text) <= columns) return text;
  const room = columns - width(mark);
  if (room < 2) return cut(text, columns, mark);
  const tail = Math.ceil(room / 2);
  const letters = splitGraphemes(text);
  let end = '';
  while (letters.length > 0 && width(end) + width(letters.at(-1)!) <= tail) end = `${letters.pop()}${end}`;
  return `${head(text, room - width(end))}${mark}${end}`;
}

export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));
export const padStart = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - width(text))) + text;
