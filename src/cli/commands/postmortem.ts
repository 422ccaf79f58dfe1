import { z } from 'zod';
import { postmortem } from '../../views/incidents/postmortem.ts';
import { findIncident } from '../incidents/knownIncidents.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { choice } from '../shared/flags.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';

/** `caducus postmortem ID`: the draft of a post-mortem, from evidence alone. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({
    format: choice(
      'format',
      ['markdown', 'json'],
      'how it is printed: markdown (for a ticket or a page, as when left out), json (as --json)',
      'name',
    ),
    ...pipelineFlag,
  }),
  examples: ['caducus postmortem e7c1 --format markdown', 'caducus postmortem e7c1 > incident.md'],
  async run({ id }, { format, pipeline }, context) {
    const { incident, timeline } = await findIncident(id, context, pipeline);
    if (context.json || format === 'json') return printJson(context, { ...incident, timeline });
    return print(context, postmortem(incident, timeline, { ...pictureStyle(context), color: false }));
  },
});
