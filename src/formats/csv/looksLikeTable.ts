import { parse } from 'csv-parse/sync';
import { StampClock } from '../time/stampClock.ts';
import { describeColumns, isStamp } from './columnContent.ts';
import { guessDelimiter, separatorLine } from './csvParser.ts';

/** Lines that are looked at. */
export const tableLines = 20;
/** Characters of a name, and the words it has. */
const longestName = 64;
const mostWords = 5;
const most = 0.8;

/** Whether a line could be the first of a table: only then are more of them needed to tell. */
export const mayBeTable = (line: string): boolean => /^(?![{[])[^\n]*[,;\t|]|^#/.test(line) || separatorLine.test(line);

/**
 * Whether lines are a table of separated values: below a row of names a column holds stamps, or without one every row has
 * as many cells, stamps in one column and words for levels in another.
 */
export function looksLikeTable(lines: readonly string[]): boolean {
  const separator = separatorLine.exec(lines[0] ?? '');
  if (separator) return true;
  const delimiter = guessDelimiter(lines[0] ?? '');
  const rows = readRows(lines.slice(0, tableLines), delimiter);
  const [first, ...rest] = rows;
  if (!first || first.length < 2 || rest.length === 0) return false;
  const clock = new StampClock({ timeZone: 'UTC', dayFirst: false }, 0);
  const named = first.every((cell) => isName(cell, clock));
  const width = first.length;
  const fits = (row: readonly string[]) => row.length === width || (named && row.length === width + 1);
  if (rest.filter(fits).length < rest.length / 2) return false;
  const contents = describeColumns(width, named ? rest : rows, clock);
  const timed = contents.some(({ filled, stamps, epochs, days }) => filled >= most && Math.max(stamps, epochs, days) >= most);
  if (named) return timed;
  // Bars and tabs stand between the parts of many plain lines too.
  return (
    timed &&
    width >= 3 &&
    (delimiter === ',' || delimiter === ';') &&
    contents.some(({ filled, levels }) => filled >= most && levels >= most)
  );
}

const isName = (cell: string, clock: StampClock): boolean =>
  cell.length <= longestName && cell.trim().split(/\s+/).length <= mostWords && !/^\d/.test(cell) && !isStamp(cell, clock);

/** As many of the lines as make whole records; the last of them may end inside quotes. */
function readRows(lines: readonly string[], delimiter: string): string[][] {
  for (let n = lines.length; n >= 2; n--) {
    try {
      return parse(lines.slice(0, n).join('\n'), {
        delimiter,
        record_delimiter: '\n',
        relax_quotes: true,
        relax_column_count: true,
        skip_empty_lines: true,
      });
    } catch {
      // A record that is cut in two: fewer lines.
    }
  }
  return [];
}
