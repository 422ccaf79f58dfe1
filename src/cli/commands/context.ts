import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import type { Mark } from '../../signal.ts';
import { context as contextPage } from '../../views/explain/context.ts';
import { contextMarkdown } from '../../views/markdown/contextMarkdown.ts';
import { findMembers } from '../../findings/findMembers.ts';
import { moment } from '../../views/text/time.ts';
import { readMarks } from '../../store/marks.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { compareQuery } from '../context/compareQuery.ts';
import { describeContext, type Query } from '../context/describeContext.ts';
import { findTarget, lastKnown, type Known } from '../recall/known.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { requireFlag, text as textFlag } from '../shared/flags.ts';
import { chooseForm, formFlag } from '../share/printForms.ts';
import { sheetPage } from '../share/sheetPage.ts';
import { loadContext } from '../shared/loadContext.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/** What the beginning of an id looks like: a text that is none is looked for by its words. */
const idLike = /^[a-z0-9]{2,24}$/;

/** `caducus context "<text>" | <id> | --at <time>`: what is known around it. */
export const command = defineCommand({
  arguments: z.strictObject({ text: z.array(z.string()) }),
  flags: z.strictObject({
    ...formFlag,
    at: textFlag('time', 'what moved at this time (ISO 8601, 03:05Z, or -1h)'),
    ...pipelineFlag,
    require: requireFlag('embedders or a vector store'),
  }),
  examples: ['caducus context "disk failure on dn2"', 'caducus context k7f2', 'caducus context --at 03:07Z --format markdown'],
  async run({ text: words }, { format, at, pipeline: name, require }, cli) {
    const form = chooseForm(format, cli);
    const text = words.join(' ').trim();
    if ((text === '') === (at === undefined))
      throw new CaducusError('CAD002', {}, 'give a text, an id, or --at with a time', { hint: 'caducus context "disk failure on dn2"' });
    const style = pictureStyle(cli);
    const known = await lastKnown(cli, name);
    const asked = at === undefined ? await askedFor(text, known, cli, name) : { known, query: readMoment(at, known, cli) };
    const compared =
      'at' in asked.query
        ? { near: [], by: 'lexical' }
        : await compareQuery(asked.query, asked.known, await loadContext({ require }, cli), cli);
    const result = describeContext(asked.known, asked.query, compared, await changesAndNotes(cli));
    if (form === 'json') return printJson(cli, result);
    if (form === 'markdown') return print(cli, contextMarkdown(result, style));
    if (form === 'text') return print(cli, contextPage(result, style));
    await cli.io.stdout.write(await sheetPage({ kind: 'context', result }, cli.io));
  },
});

/** A pattern by its id, a finding's by the finding's; else the text itself. */
async function askedFor(text: string, known: Known, cli: CliContext, name: string | undefined): Promise<{ known: Known; query: Query }> {
  const target = idLike.test(text) ? await findTarget(text, cli, name) : null;
  if (!target) return { known, query: { text } };
  const { recall, topics } = target;
  if (target.kind === 'pattern') return { known: { recall, topics }, query: { topic: target.topic } };
  const { topic_id: id, title, since } = target.finding;
  const ids = new Set([...(id === undefined ? [] : [id]), ...findMembers(target.finding)]);
  const topic = topics.find((one) => ids.has(one.topic_id));
  return { known: { recall, topics }, query: topic ? { topic } : { at: Date.parse(since), text: title } };
}

function readMoment(given: string, { recall }: Known, cli: CliContext): Query {
  const now = recall.as_of === null ? cli.io.now() : Date.parse(recall.as_of);
  const at = timeArgument(given, '--at', now);
  return { at, text: `at ${moment(at, pictureStyle(cli).timeZone)}` };
}

async function changesAndNotes({ io, dataDir }: CliContext): Promise<Mark[]> {
  const { lines } = await readMarks(io.files, dataDir);
  return lines.flatMap((line) => ('mark' in line ? [line.mark] : []));
}
