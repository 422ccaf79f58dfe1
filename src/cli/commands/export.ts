import { z } from 'zod';
import { toIso, type Event } from '../../event.ts';
import { exportedLines } from '../../views/tables/exported.ts';
import type { StoreProblem } from '../../store/entry.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, tell, type CliContext } from '../shared/context.ts';
import { csvFields, csvForm, ndjsonForm } from '../export/exportForms.ts';
import { exportFolder } from '../export/exportFolder.ts';
import { exportFormats, exportTarget } from '../export/exportTarget.ts';
import { exportText } from '../export/exportText.ts';
import { selectionFlags } from '../recall/selectionFlags.ts';
import { choice, off, text, whole } from '../shared/flags.ts';
import { progressLine } from '../shared/progressLine.ts';
import { selectedEvents } from '../recall/selectedEvents.ts';

/** Records that cannot be read and are named; of more only how many. */
const namedAtMost = 5;
/** As a shell gives it for a program that Ctrl-C ended. */
const interrupted = 130;

/** What was written. */
interface Tally {
  events: number;
  groups: Map<string, number>;
  first: number | null;
  last: number | null;
}

/**
 * `caducus export [target]`: the events of the store, or those of a selection, as a folder of single files with their
 * analysis, or as ndjson or csv in a file or on standard output. The same again changes nothing.
 */
export const command = defineCommand({
  arguments: z.strictObject({ target: z.string().optional() }),
  flags: z.strictObject({
    ...selectionFlags,
    limit: whole('at most so many'),
    format: choice(
      'format',
      exportFormats,
      'folder, ndjson or csv (default: by the ending of the target; without a target ndjson)',
      'name',
    ),
    fields: text('names', `of csv: the columns, with commas between, dots for what is inside (default: ${csvFields.join(',')})`),
    analysis: off('of a folder: events only'),
  }),
  examples: [
    'caducus export ./copy',
    "caducus export --since -1h | jq -r '.text'",
    'caducus export errors.csv --grep error --fields timestamp,group_id,text',
  ],
  async run({ target: named }, { format, fields, analysis, ...selection }, context) {
    const { io, stop } = context;
    const target = exportTarget(named, { format, fields, json: context.json }, context.dataDir);
    const problems: StoreProblem[] = [];
    const tally: Tally = { events: 0, groups: new Map(), first: null, last: null };
    const progress = progressLine(context);
    const events = counted(
      selectedEvents(selection, context, (problem) => void problems.push(problem)),
      tally,
      progress.show,
    );
    const wrote =
      target.format === 'folder'
        ? await exportFolder(target.path!, events, { analyze: analysis, groups: tally.groups, io, stop }).finally(progress.clear)
        : await exportText(target.path, events, target.format === 'csv' ? csvForm(columns(fields)) : ndjsonForm, { io, stop }).finally(
            progress.clear,
          );
    await reportProblems(problems, context);
    if (stop.aborted) {
      await tell(
        context,
        target.format === 'folder'
          ? 'Stopped; what was written is kept.  The same command goes on from there.'
          : 'Stopped; nothing is kept.',
      );
      return interrupted;
    }
    // On standard output the data is all there is.
    if (target.path === null) return;
    const time = (ms: number | null) => (ms === null ? null : toIso(ms));
    const result = {
      ...target,
      path: target.path,
      events: tally.events,
      groups: tally.groups.size,
      first: time(tally.first),
      last: time(tally.last),
      unreadable: problems.length,
      ...wrote,
    };
    await (context.json ? printJson(context, result) : print(context, exportedLines(result, pictureStyle(context))));
  },
});

/** Passes events on and counts them. */
async function* counted(
  events: AsyncIterable<Event>,
  tally: Tally,
  show: (progress: { read: number; newest: number | null }) => void,
): AsyncGenerator<Event> {
  for await (const event of events) {
    const time = Date.parse(event.timestamp);
    tally.events += 1;
    tally.groups.set(event.group_id, (tally.groups.get(event.group_id) ?? 0) + 1);
    tally.first = Math.min(tally.first ?? time, time);
    tally.last = Math.max(tally.last ?? time, time);
    show({ read: tally.events, newest: tally.last });
    yield event;
  }
}

const columns = (fields: string | undefined) =>
  fields
    ?.split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '') ?? csvFields;

async function reportProblems(problems: readonly StoreProblem[], context: CliContext): Promise<void> {
  for (const { path, reason } of problems.slice(0, namedAtMost)) await tell(context, `left out: ${reason} (${path})`);
  if (problems.length > namedAtMost) await tell(context, `left out: ${problems.length - namedAtMost} more`);
}
