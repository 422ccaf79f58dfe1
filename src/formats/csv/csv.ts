import { z } from 'zod';
import type { Json } from '../../event.ts';
import { maxLineBytes } from '../bytes/limits.ts';
import { defineFormat } from '../format.ts';
import { fieldsOption } from '../json/fieldNames.ts';
import type { DateOrder } from '../time/dateOrder.ts';
import { StampClock, stampOptions, type SavedStampClock } from '../time/stampClock.ts';
import { isStamp } from './columnContent.ts';
import { CsvParser, savedRows } from './csvParser.ts';
import { readRows } from './rowReader.ts';
import { settleTable } from './settleTable.ts';
import { findRoles, missingFields, type TableRoles } from './tableRoles.ts';

const options = z.strictObject({
  fields: fieldsOption.describe('Which column stands for what, where what is in them does not tell.'),
  delimiter: z
    .string()
    .length(1)
    .or(z.literal('auto'))
    .default('auto')
    .describe('Between fields. auto: as a line sep=; says, else the one of , ; tab | that the header uses most.'),
  columns: z.array(z.string()).min(1).optional().describe('Names of the columns, when the file has no header.'),
  ...stampOptions,
  maxLineBytes,
});

/** Rows that are looked at before the columns are known. */
const sampleRows = 32;

type Saved = { clock: SavedStampClock; roles: TableRoles | null; order?: DateOrder };

/** Positions of older releases held the clock alone, and columns were known by their names. */
function savedState(json: Json): Saved {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Saved;
  return { clock: json as number | null, roles: null };
}

/** Comma separated values. */
export const csv = defineFormat({
  name: 'csv',
  summary: 'comma (or ; tab |) separated values, with a header or without; columns are found by what is in them',
  options,
  create: ({ fields, delimiter, columns, maxLineBytes: max, ...stamps }, context, from) => {
    const saved = savedState(savedRows(from));
    const clock = new StampClock(stamps, context.reference, saved.clock, context.previous);
    let { roles } = saved;
    Object.assign(clock.order, saved.order);
    return new CsvParser(
      {
        delimiter,
        columns,
        maxLineBytes: max,
        sampleRows,
        ragged: true,
        // A header holds no stamps.
        isHeader: (cells) => !cells.some((cell) => isStamp(cell, new StampClock(stamps, context.reference))),
        rows: (names, sample, sign) => {
          const missing = missingFields(names, fields);
          if (missing.length > 0) return () => `there is no column ${missing.map((name) => JSON.stringify(name)).join(', ')}`;
          roles ??= findRoles(names, sample, fields, new StampClock(stamps, context.reference));
          settleTable(clock, roles, sample, stamps.dayFirst, context.reference);
          return readRows(names, roles, clock, sign);
        },
        save: () => ({ clock: clock.save(), roles, order: clock.order }),
      },
      context,
      from,
    );
  },
});
