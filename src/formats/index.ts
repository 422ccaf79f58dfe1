import { z } from 'zod';
import { auto } from './auto.ts';
import { EncodedParser } from './bytes/encodedParser.ts';
import { csv } from './csv/csv.ts';
import type { Format, FormatContext, Parser, ParserPosition } from './format.ts';
import { hdfs } from './csv/hdfs.ts';
import { journald } from './json/journald.ts';
import { lines } from './lines/lines.ts';
import { table } from './csv/table.ts';
import { ndjson } from './json/ndjson.ts';

/** Every format there is. */
export const formats = { auto, ndjson, csv, table, hdfs, lines, journald } as const;
export type FormatName = keyof typeof formats;
const names = Object.keys(formats) as [FormatName, ...FormatName[]];

/** `hdfs`, or with options `{ csv: { delimiter: ";" } }`. */
export const formatOption = z
  .union([
    z.enum(names),
    z
      .strictObject({
        auto: auto.options.optional(),
        ndjson: ndjson.options.optional(),
        csv: csv.options.optional(),
        table: table.options.optional(),
        hdfs: hdfs.options.optional(),
        lines: lines.options.optional(),
        journald: journald.options.optional(),
      })
      .refine((choice) => Object.keys(choice).length === 1, 'name exactly one format'),
  ])
  .default('auto')
  .describe('How bytes become records: a name, or a name with options. auto looks at the first lines.');

export type FormatOption = z.output<typeof formatOption>;

/** A parser of the chosen format, fresh or going on at a position. Throws a ZodError when the options are wrong. */
export function createParser(choice: FormatOption, context: FormatContext, from: ParserPosition | null): Parser {
  const [name, options] = typeof choice === 'string' ? [choice, {}] : (Object.entries(choice)[0] as [FormatName, unknown]);
  const format = formats[name] as Format;
  const parsed = format.options.parse(options);
  return new EncodedParser((at) => format.create(parsed, context, at), from);
}
