import { z } from 'zod';
import { ingestFile, reportRejected } from '../../demo/ingestFile.ts';
import { analyzeStored } from '../../recall/analyzeStored.ts';
import { defineCommand } from '../../shared/command.ts';
import { needed } from '../../shared/flags.ts';

/** `caducus demo run --input F --group-id G`: ingest, then analyze. */
export const command = defineCommand({
  flags: z.strictObject({ input: needed('file', 'the CSV file'), groupId: needed('id', 'the group') }),
  examples: ['caducus demo run --input fixtures/demo_hdfs_sample.csv --group-id "hdfs-demo:DataNode" --data-dir ./d'],
  async run(_args, { input, groupId }, context) {
    await reportRejected(await ingestFile(input, context), context);
    return analyzeStored(groupId, context);
  },
});
