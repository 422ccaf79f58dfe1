import { z } from 'zod';
import { incidentsTable } from '../../views/incidents/incidentsTable.ts';
import { knownIncidents } from '../incidents/knownIncidents.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { wholeOr } from '../shared/flags.ts';

/** `caducus incidents`: past and present incidents, which is the return of which, and what ended each. */
export const command = defineCommand({
  flags: z.strictObject({ limit: wholeOr(20, 'how many are listed, the latest'), ...pipelineFlag }),
  examples: ['caducus incidents', "caducus incidents --json | jq '.[] | select(.before != [])'"],
  async run(_arguments, { limit, pipeline }, context) {
    const shown = (await knownIncidents(context, pipeline)).slice(0, limit);
    return context.json ? printJson(context, shown) : print(context, incidentsTable(shown, pictureStyle(context)));
  },
});
