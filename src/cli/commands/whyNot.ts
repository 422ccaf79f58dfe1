import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { options as ruleOptions, readSettings } from '../../findings/rules/options.ts';
import { explainWhyNot } from '../../findings/whyNot.ts';
import { whyNotPage } from '../../views/whyNot.ts';
import { openDecisions } from '../recall/openDecisions.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { length, text } from '../shared/flags.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/** Length of what is asked about, milliseconds, and where its ends lie. */
const usual = 300_000;

/** `caducus why-not <group|id|words> [--at TIME]`: what became of it on its way, and the first place that stopped it. */
export const command = defineCommand({
  arguments: z.strictObject({ subject: z.string() }),
  flags: z.strictObject({
    at: text('time', 'when it should have been sent (default: the newest that is kept)'),
    for: length('how long a stretch around it is looked at (default: the window that holds it)'),
    ...pipelineFlag,
  }),
  examples: ['caducus why-not checkout --at 02:57Z', 'caducus why-not q8tj', 'caducus why-not "disk failure" --json | jq -r .stopped'],
  async run({ subject }, { at, for: lasting, pipeline }, context) {
    const { head, decisions, newest } = await openDecisions(context, pipeline);
    const time = at === undefined ? newest - 1 : timeArgument(at, '--at', newest);
    if (subject.trim() === '')
      throw new CaducusError('CAD002', {}, 'says nothing to look for', {
        hint: 'Give a group, the beginning of an id, or words of a pattern.',
      });
    const length_ = lasting ?? usual;
    const from = Math.floor(time / length_) * length_;
    const { rules } = readSettings(ruleOptions.parse(head.rules));
    const senders = head.sinks.filter(({ sends }) => sends).map(({ id }) => id);
    const found = explainWhyNot({ subject, from, to: from + length_, rules, senders, decisions });
    return context.json ? printJson(context, found) : print(context, whyNotPage(found, pictureStyle(context)));
  },
});
