import { z } from 'zod';
import { maxLineBytes } from '../bytes/limits.ts';
import { defineFormat } from '../format.ts';
import { fieldsOption } from '../json/fieldNames.ts';
import type { DateOrder } from '../time/dateOrder.ts';
import { StampClock, stampOptions, type SavedStampClock } from '../time/stampClock.ts';
import { CsvParser, savedRows, type Directive } from './csvParser.ts';
import { readRows } from './rowReader.ts';
import { settleTable } from './settleTable.ts';
import { findRoles, missingFields, type TableRoles } from './tableRoles.ts';

const options = z.strictObject({
  fields: fieldsOption.describe('Which column stands for what, where what is in them does not tell.'),
  ...stampOptions,
  maxLineBytes,
});

/** Rows that are looked at before the columns are known. */
const sampleRows = 32;
/** `#Fields: date time cs-method` (W3C Extended Log File Format), `#fields<tab>ts<tab>uid` (Zeek). */
const fieldsLine = /^#fields:?\s+(.*)$/i;
/** What such tables write where a column has no value. */
const unset: ReadonlySet<string> = new Set(['-', '(empty)']);

type Saved = { clock: SavedStampClock; roles: TableRoles | null; order?: DateOrder };

/** Lines with a `#` in front are about the table; those that name its columns may come again with others. */
function readDirective(line: string): Directive | null {
  if (line.charCodeAt(0) !== 35) return null;
  const names = fieldsLine.exec(line)?.[1]?.trim();
  return names === undefined ? {} : { columns: names.split(names.includes('\t') ? '\t' : /\s/.test(names) ? /\s+/ : ',') };
}

/** A blank, or a comma where there are more of them: those tables have quoted values and dates with a blank in them. */
const guessBlank = (line: string): string => (line.split(',').length > line.split(' ').length ? ',' : ' ');

/** Whether lines begin with comments that name columns. */
export function namesFields(lines: readonly string[]): boolean {
  for (const line of lines) {
    if (fieldsLine.test(line)) return true;
    if (!line.startsWith('#')) return false;
  }
  return false;
}

/** Tables whose columns a comment names. */
export const table = defineFormat({
  name: 'table',
  summary: 'columns between blanks or tabs, named by a line #Fields: (W3C, IIS, CloudFront) or #fields (Zeek)',
  options,
  create: ({ fields, maxLineBytes: max, ...stamps }, context, from) => {
    const saved = savedRows(from) as Saved | null;
    const clock = new StampClock(stamps, context.reference, saved?.clock ?? null, context.previous);
    let roles = saved?.roles ?? null;
    Object.assign(clock.order, saved?.order);
    return new CsvParser(
      {
        delimiter: 'auto',
        maxLineBytes: max,
        sampleRows,
        ragged: true,
        directive: readDirective,
        guess: (line) => (line.includes('\t') ? '\t' : guessBlank(line)),
        rows: (names, sample, sign) => {
          const missing = missingFields(names, fields);
          if (missing.length > 0) return () => `there is no column ${missing.map((name) => JSON.stringify(name)).join(', ')}`;
          // Named anew, the columns are looked at anew.
          if (sample.length > 0 || roles === null) roles = findRoles(names, sample, fields, new StampClock(stamps, context.reference));
          settleTable(clock, roles, sample, stamps.dayFirst, context.reference);
          const read = readRows(names, roles, clock, sign);
          return (cells) => read(cells.map((cell) => (unset.has(cell) ? '' : cell)));
        },
        save: () => ({ clock: clock.save(), roles, order: clock.order }),
      },
      context,
      from,
    );
  },
});
