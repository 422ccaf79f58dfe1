import { z } from 'zod';
import { viewFinding } from '../../board/viewBoard.ts';
import type { EpisodeFinding } from '../../signal.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import { episodesMarkdown, episodesTable } from '../../views/tables/episodesTable.ts';
import { allKnown, lastKnown } from '../recall/known.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { chooseForm, formFlag } from '../share/printForms.ts';
import { sheetPage } from '../share/sheetPage.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { wholeOr } from '../shared/flags.ts';

/** `caducus episodes`: what moved together, in all runs of the data folder, the latest first. One of them: `caducus explain ID`. */
export const command = defineCommand({
  flags: z.strictObject({
    ...formFlag,
    limit: wholeOr(20, 'how many are listed, the latest'),
    ...pipelineFlag,
  }),
  examples: ['caducus episodes', 'caducus episodes --format markdown', "caducus episodes --json | jq -r '.[].title'"],
  async run(_arguments, { format, limit, pipeline }, context) {
    const form = chooseForm(format, context);
    await lastKnown(context, pipeline);
    const all = new Map<string, EpisodeFinding>();
    let asOf = 0;
    for await (const { recall } of allKnown(context, pipeline)) {
      asOf = Math.max(asOf, recall.as_of === null ? 0 : Date.parse(recall.as_of));
      // Of one that several runs know the run that wrote last tells.
      for (const finding of recall.findings) if (isEpisode(finding) && !all.has(finding.id)) all.set(finding.id, finding);
    }
    const shown = [...all.values()].toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since) || (a.id < b.id ? -1 : 1)).slice(0, limit);
    const view = pictureStyle(context);
    if (form === 'json') return printJson(context, shown);
    if (form === 'markdown') return print(context, episodesMarkdown(shown, asOf, view));
    if (form === 'text') return print(context, episodesTable(shown, asOf, view));
    const sheet = {
      kind: 'episodes',
      episodes: shown.map((one) => viewFinding(one, new Map())),
      as_of: new Date(asOf).toISOString(),
    } as const;
    await context.io.stdout.write(await sheetPage(sheet, context.io));
  },
});
