import { z } from 'zod';
import { askRun } from '../control/askRun.ts';
import { defineCommand } from '../shared/command.ts';
import { print, printJson } from '../shared/context.ts';

/** `caducus reload [pipeline]`: a running pipeline takes its file as it is now. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string().optional() }),
  examples: ['caducus reload', 'caducus reload hdfs-radar'],
  async run({ pipeline: name }, _flags, context) {
    const { pipeline, answers } = await askRun<{ notes: string[] }>(name, { ask: 'reload' }, context);
    for await (const { notes } of answers)
      await (context.json
        ? printJson(context, { pipeline, notes })
        : print(context, [`${pipeline} goes on with its file as it is now.`, ...notes]));
  },
});
