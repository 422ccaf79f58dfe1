import { z } from 'zod';
import { explain as explainPage } from '../../views/explain/explain.ts';
import { finding as findingPage } from '../../views/finding/finding.ts';
import { explainMarkdown } from '../../views/markdown/explainMarkdown.ts';
import { findingMarkdown } from '../../views/markdown/findingMarkdown.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { allMarks } from '../recall/allMarks.ts';
import { describeFinding, describePattern, findBlip } from '../recall/describeTarget.ts';
import { knownTarget, type Target } from '../recall/known.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { chooseForm, formFlag, type PrintForm } from '../share/printForms.ts';
import { sheetPage } from '../share/sheetPage.ts';

/** `caducus explain <id>`: why a pattern or a finding stands where it stands, with the evidence. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({ ...formFlag, ...pipelineFlag }),
  examples: [
    'caducus explain k7f2',
    "caducus explain k7f2 --json | jq '.blip.bits'",
    'caducus explain e7c1 --format markdown',
    'caducus explain k7f2 --format html > k7f2.html',
  ],
  async run({ id }, { format, pipeline }, context) {
    const form = chooseForm(format, context);
    const target = await knownTarget(id, context, pipeline);
    return target.kind === 'finding' ? explainFinding(target, form, context) : explainPattern(target, form, context);
  },
});

async function explainFinding(target: Extract<Target, { kind: 'finding' }>, form: PrintForm, context: CliContext): Promise<void> {
  const { finding } = target;
  const view = pictureStyle(context);
  const answer = describeFinding(target, await allMarks(context));
  if (form === 'text') return print(context, findingPage(finding, view, answer.guess));
  if (form === 'json') return printJson(context, answer);
  if (form === 'markdown') return print(context, findingMarkdown(finding, answer, view));
  await context.io.stdout.write(await sheetPage({ kind: 'finding', answer }, context.io));
}

async function explainPattern(target: Extract<Target, { kind: 'pattern' }>, form: PrintForm, context: CliContext): Promise<void> {
  const answer = describePattern(target, findBlip(target), await allMarks(context));
  const { blip, templates, notes, history, label } = answer;
  const view = pictureStyle(context);
  if (form === 'json') return printJson(context, answer);
  if (form === 'markdown') return print(context, explainMarkdown(answer, view));
  if (form === 'html') {
    await context.io.stdout.write(await sheetPage({ kind: 'pattern', answer }, context.io));
    return;
  }
  const shown = templates.map(({ pattern: text, count }) => ({ text, count }));
  return print(context, explainPage({ blip, history, templates: shown, notes, label }, view));
}
