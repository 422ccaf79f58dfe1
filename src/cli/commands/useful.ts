import { z } from 'zod';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { text } from '../shared/flags.ts';

/** `caducus useful <id> [--note ...]`: what one thinks of having been notified; `caducus status` shows the share a rule. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({ note: text('text', 'why'), ...whoFlag }),
  examples: ['caducus useful e7c1', 'caducus useful f3a9 --note "found the bad deploy"'],
  async run({ id }, { note, who }, context) {
    await leaveMark('useful', id, { ...given({ text: note }), who }, context);
  },
});
