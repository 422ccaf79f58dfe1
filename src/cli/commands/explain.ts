import { z } from 'zod';
import { explain as explainPage } from '../../views/explain/explain.ts';
import { finding as findingPage } from '../../views/finding/finding.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { allMarks } from '../recall/allMarks.ts';
import { describeFinding, describePattern, findBlip } from '../recall/describeTarget.ts';
import { knownTarget } from '../recall/known.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';

/** `caducus explain <id>`: why a pattern or a finding stands where it stands, with the evidence. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject(pipelineFlag),
  examples: ['caducus explain k7f2', "caducus explain k7f2 --json | jq '.blip.bits'"],
  async run({ id }, { pipeline }, context) {
    const target = await knownTarget(id, context, pipeline);
    const view = pictureStyle(context);
    const marks = await allMarks(context);
    if (target.kind === 'finding')
      return context.json ? printJson(context, describeFinding(target, marks)) : print(context, findingPage(target.finding, view));
    const blip = findBlip(target);
    const answer = describePattern(target, blip, marks);
    if (context.json) return printJson(context, answer);
    const { templates, notes, history } = answer;
    const shown = templates.map(({ pattern: text, count }) => ({ text, count }));
    return print(context, explainPage({ blip, history, templates: shown, notes }, view));
  },
});
