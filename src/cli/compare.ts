import { CaducusError } from '../errors.ts';
import { Comparison, type Side } from '../memory/compare/comparison.ts';
import type { ComparisonResult } from '../memory/compare/comparisonResult.ts';
import { comparisonMarkdown, comparisonPage } from '../views/tables/comparison.ts';
import type { InputFlags } from './input/inputFlags.ts';
import { readInput, sourceName } from './input/readInput.ts';
import type { PrintForm } from './share/printForms.ts';
import { pictureStyle, print, printJson, type CliContext } from './shared/context.ts';
import { storeSpan } from './shared/storeSpan.ts';
import { isByGroup, isGroupOfFile, sidesByField, sidesByTime } from './compare/comparedSides.ts';
import { readFiles, readStored, type TakeEvent } from './compare/readCompared.ts';

/** Milliseconds that stand for a line where no line names a time. */
const A_LINE = 1000;
/** The one group of a comparison in which the sides have none in common. */
const oneGroup = '-';

/** Two inputs: each read as a radar of it does. */
export async function compareFiles(
  sides: Record<Side, readonly string[]>,
  flags: InputFlags,
  context: CliContext,
): Promise<ComparisonResult> {
  if (sides.before.includes('-') && sides.after.includes('-'))
    throw new CaducusError('CAD002', {}, 'standard input (-) cannot be both sides', { hint: 'Give a file for the other.' });
  const nameSide = (paths: readonly string[]) => (paths.includes('-') ? 'standard input' : paths.join(', '));
  const comparison = new Comparison({ before: nameSide(sides.before), after: nameSide(sides.after) });
  for (const side of ['before', 'after'] as const) {
    const isOwn = isGroupOfFile(sides[side]);
    let lines = 0;
    const take: TakeEvent = (event, group, time, untimed) => {
      // Where the side before names no time, a rate is one a line, on both sides.
      if (side === 'before' && untimed) comparison.untimed = true;
      comparison.add(side, isOwn(group) ? sourceName : group, event, comparison.untimed ? lines++ * A_LINE : time);
    };
    await readFiles(sides[side], flags, take, context);
  }
  return comparison.result();
}

/** Two times, or two values of a field, of files or of the store. */
export async function compareWithin(
  { field, before, after, files }: { field: string; before: string; after: string; files: readonly string[] },
  flags: InputFlags,
  context: CliContext,
): Promise<ComparisonResult> {
  const names = { before, after };
  const span = field === 'time' ? await findSpan(files, flags, context) : null;
  const sides = span ? sidesByTime(names, span.first, span.last) : sidesByField(field, names);
  const comparison = new Comparison(names, sides.stretches);
  const take: TakeEvent = (event, group, time) => {
    const side = sides.choose(event, time);
    if (side) comparison.add(side, isByGroup(field) ? oneGroup : group, event, time);
  };
  const { before: early, after: late } = sides.stretches ?? {};
  const range = early && late ? { since: Math.min(early.from, late.from), until: Math.max(early.to, late.to) } : {};
  if (files.length > 0) await readFiles(files, flags, take, context);
  else await readStored(range, flags.by, take, context);
  return comparison.result();
}

/** First and last time of what is there, milliseconds. Throws CAD002 where nothing is. */
async function findSpan(files: readonly string[], flags: InputFlags, context: CliContext): Promise<{ first: number; last: number }> {
  if (files.includes('-'))
    throw new CaducusError('CAD002', {}, 'times of standard input (-) are not known before it is read', { hint: 'Give a file.' });
  const { first, last } =
    files.length > 0 ? await readInput(files, [], flags, context) : await storeSpan(context.io.files, context.dataDir);
  if (first !== null && last !== null) return { first, last };
  throw new CaducusError(
    'CAD002',
    {},
    files.length > 0 ? `there are no events in ${files.join(', ')}` : `there are no events in ${context.dataDir}`,
    {
      hint: 'Name files behind the two times, or collect events into the store first.',
    },
  );
}

/** Prints it, as it was asked for. Throws CAD002 where a side has no event. */
export async function printComparison(
  result: ComparisonResult,
  { top, form }: { top: number; form: PrintForm },
  context: CliContext,
): Promise<void> {
  for (const side of [result.before, result.after])
    if (side.events === 0)
      throw new CaducusError('CAD002', {}, `there are no events in ${side.name}`, {
        hint: 'caducus inspect FILE says how a file is read, and which values its fields have.',
      });
  if (form === 'html')
    throw new CaducusError('CAD002', { path: '--format' }, 'a comparison has no page of its own', {
      hint: 'Print text, markdown or json.',
    });
  if (form === 'json') return printJson(context, result);
  const view = pictureStyle(context);
  return print(context, form === 'markdown' ? comparisonMarkdown(result, top, view) : comparisonPage(result, top, view));
}
