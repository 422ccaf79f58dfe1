import { z } from 'zod';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { text } from '../shared/flags.ts';

/** `caducus resolve <id> [--note ...]`: it is over. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({ note: text('text', 'why'), ...whoFlag }),
  examples: ['caducus resolve e7c1 --note "false alarm"'],
  run: async ({ id }, { note, who }, context) => leaveMark('resolve', id, { ...given({ text: note }), who }, context),
});
