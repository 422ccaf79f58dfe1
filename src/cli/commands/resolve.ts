import { z } from 'zod';
import { findMembers } from '../../findings/findMembers.ts';
import { findTarget } from '../recall/known.ts';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';
import type { CliContext } from '../shared/context.ts';
import { text } from '../shared/flags.ts';

/** `caducus resolve <id> [--as-usual] [--note ...]`: it is over, or goes on and is usual from now on. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({
    asUsual: z.boolean().default(false).describe('it goes on, and is usual from now on: nothing follows it any further'),
    note: text('text', 'why'),
    ...whoFlag,
  }),
  examples: ['caducus resolve e7c1 --note "false alarm"', 'caducus resolve k7f2 --as-usual --note "known since 2019"'],
  async run({ id }, { asUsual, note, who }, context) {
    const usual = asUsual ? await findPatterns(id, context) : undefined;
    await leaveMark('resolve', id, { ...given({ text: note, as_usual: usual }), who }, context);
  },
});

/** The patterns an id stands for, as far as a run knows it: itself, that of a finding, those of an episode. */
async function findPatterns(id: string, context: CliContext): Promise<string[]> {
  const target = await findTarget(id, context);
  if (!target) return [];
  if (target.kind === 'pattern') return [target.topic.topic_id];
  const { finding } = target;
  const own = [finding.template_id, finding.topic_id].filter((one) => one !== undefined);
  return [...new Set([...own, ...findMembers(finding)])];
}
