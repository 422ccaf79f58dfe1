import { z } from 'zod';
import { analyzeStored } from '../recall/analyzeStored.ts';
import { defineCommand } from '../shared/command.ts';
import { needed } from '../shared/flags.ts';

/** `caducus analyze --group-id G`: the topics of a stored group in the classic lines, kept as records beside the events. */
export const command = defineCommand({
  flags: z.strictObject({ groupId: needed('id', 'the group') }),
  examples: ["caducus analyze --group-id 'hdfs-demo:DataNode' --data-dir ./d"],
  run: async (_args, { groupId }, context) => analyzeStored(groupId, context),
});
