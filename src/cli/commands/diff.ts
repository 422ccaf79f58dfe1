import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { compareFiles, compareWithin, printComparison } from '../compare.ts';
import { isRange } from '../compare/comparedSides.ts';
import { inputFlags } from '../input/inputFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { eitherFormat, splitFormat } from '../share/eitherFormat.ts';
import { chooseForm } from '../share/printForms.ts';
import { text, wholeOr } from '../shared/flags.ts';

const { by: groupBy, format: _, ...otherInputFlags } = inputFlags;

/** `caducus diff BEFORE AFTER`: what is new, gone, more, fewer, slower and faster in one than in the other. */
export const command = defineCommand({
  arguments: z.strictObject({
    before: z.string().describe('what is usual: a file; a time such as 02:00Z..03:00Z; a value of the field of --by'),
    after: z.string().describe('what is held against it'),
    files: z.array(z.string()).describe('with --by: where both are; the store where none is named'),
  }),
  flags: z.strictObject({
    by: text('field', 'both are in one input, told apart by time or by this field'),
    top: wholeOr(20, 'how many patterns are listed'),
    groupBy,
    ...eitherFormat,
    ...otherInputFlags,
  }),
  examples: [
    'caducus diff quiet.log incident.log',
    'caducus diff 02:00Z..03:00Z 03:00Z..03:15Z app.log',
    'caducus diff --by version v411 v412 app.log',
    'caducus diff --by group orders payments',
  ],
  async run({ before, after, files }, { by, groupBy: key, format: either, inputFormat, top, ...flags }, context) {
    const { form, format } = splitFormat(either, inputFormat);
    const read = { ...flags, format, by: key };
    const field = by ?? (isRange(before) && isRange(after) ? 'time' : undefined);
    if (field === undefined && files.length > 0)
      throw new CaducusError('CAD002', {}, `two files are compared, and ${files.length} more were named`, {
        hint: 'Say with --by what tells the two sides apart in them, such as --by version; or name several files by a pattern such as "old/*.log".',
      });
    const result =
      field === undefined
        ? await compareFiles({ before: [before], after: [after] }, read, context)
        : await compareWithin({ field, before, after, files }, read, context);
    await printComparison(result, { top, form: chooseForm(form, context) }, context);
  },
});
