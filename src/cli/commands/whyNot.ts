import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { whyNotPage } from '../../views/whyNot.ts';
import { answerWhyNot } from '../recall/answerWhyNot.ts';
import { openDecisions } from '../recall/openDecisions.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { length, text } from '../shared/flags.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/** `caducus why-not <group|id|words> [--at TIME]`: what became of it on its way, and the first place that stopped it. */
export const command = defineCommand({
  arguments: z.strictObject({ subject: z.string() }),
  flags: z.strictObject({
    at: text('time', 'when it should have been sent (default: when the finding of that id began, else the newest that is kept)'),
    for: length('how long a stretch around it is looked at (default: the window that holds it)'),
    ...pipelineFlag,
  }),
  examples: ['caducus why-not checkout --at 02:57Z', 'caducus why-not q8tj', 'caducus why-not "disk failure" --json | jq -r .stopped'],
  async run({ subject }, { at, for: lasting, pipeline }, context) {
    const opened = await openDecisions(context, pipeline);
    if (subject.trim() === '')
      throw new CaducusError('CAD002', {}, 'says nothing to look for', {
        hint: 'Give a group, the beginning of an id, or words of a pattern.',
      });
    const time = at === undefined ? null : timeArgument(at, '--at', opened.newest);
    const found = answerWhyNot(opened, { subject, at: time, lasting });
    return context.json ? printJson(context, found) : print(context, whyNotPage(found, pictureStyle(context)));
  },
});
