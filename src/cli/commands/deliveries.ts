import { z } from 'zod';
import type { SinkDecision } from '../../findings/whyNot/decision.ts';
import { deliveriesTable } from '../../views/tables/deliveriesTable.ts';
import { openDecisions } from '../recall/openDecisions.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { on, wholeOr } from '../shared/flags.ts';

/** `caducus deliveries`: what was sent when, to whom, and what they answered. */
export const command = defineCommand({
  flags: z.strictObject({
    all: on('what was held back too, and why'),
    limit: wholeOr(50, 'how many are listed, the newest'),
    ...pipelineFlag,
  }),
  examples: ['caducus deliveries', 'caducus deliveries --all --json | jq -c .[]'],
  async run(_arguments, { all, limit, pipeline }, context) {
    const { decisions } = await openDecisions(context, pipeline);
    const isSink = (one: { kind: string }): one is SinkDecision => 'wall' in one;
    const shown = decisions
      .filter(isSink)
      .filter(({ kind }) => all || kind !== 'withheld')
      .toSorted((a, b) => (a.wall < b.wall ? -1 : Number(a.wall > b.wall)))
      .slice(-limit);
    return context.json ? printJson(context, shown) : print(context, deliveriesTable(shown, pictureStyle(context)));
  },
});
