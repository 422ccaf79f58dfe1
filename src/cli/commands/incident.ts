import { z } from 'zod';
import { incidentPage } from '../../views/incidents/incidentPage.ts';
import { findIncident } from '../incidents/knownIncidents.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';

/** `caducus incident ID`: one incident as a timeline. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({ ...pipelineFlag }),
  examples: ['caducus incident e7c1', "caducus incident e7c1 --json | jq '.timeline'"],
  async run({ id }, { pipeline }, context) {
    const { incident, timeline } = await findIncident(id, context, pipeline);
    if (context.json) return printJson(context, { ...incident, timeline });
    return print(context, incidentPage(incident, timeline, pictureStyle(context)));
  },
});
