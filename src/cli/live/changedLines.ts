import { width } from '../../views/text/text.ts';

const clear = '\u001b[2J';
const place = (row: number): string => `\u001b[${row + 1};1H`;
const eraseRest = '\u001b[K';

/**
 * What a terminal has to be sent so that it shows these lines instead of those before: the lines that differ, each at its
 * place, none blanked before it is written, so that nothing flickers. Without `before` the screen is cleared first.
 */
export function changedLines(before: readonly string[] | null, after: readonly string[], columns: number): string {
  // Behind a full line the cursor still stands on its last column: to erase there would take a letter.
  const drawn = (text: string) => (width(text) < columns ? `${text}${eraseRest}` : text);
  const changed = after.map((text, row) => (before !== null && before[row] === text ? '' : `${place(row)}${drawn(text)}`)).join('');
  const gone =
    before === null || before.length <= after.length
      ? ''
      : before
          .slice(after.length)
          .map((_, at) => `${place(after.length + at)}${eraseRest}`)
          .join('');
  return before === null ? `${clear}${changed}` : `${changed}${gone}`;
}
