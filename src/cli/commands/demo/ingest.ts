import { z } from 'zod';
import { count } from '../../../views/text/numbers.ts';
import { ingestFile, reportRejected } from '../../demo/ingestFile.ts';
import { defineCommand } from '../../shared/command.ts';
import { print, printJson, type CliContext } from '../../shared/context.ts';
import { needed } from '../../shared/flags.ts';

/** `caducus demo ingest --input F` */
export const command = defineCommand({
  flags: z.strictObject({ input: needed('file', 'the CSV file') }),
  examples: ['caducus demo ingest --input fixtures/demo_hdfs_sample.csv --data-dir ./d'],
  run: async (_args, { input }, context) => ingest(input, context),
});

async function ingest(input: string, context: CliContext): Promise<void> {
  const report = await ingestFile(input, context);
  const [source] = report.sources;
  const added = Number(report.sinks[0]?.figures['new'] ?? 0);
  const known = Number(report.sinks[0]?.figures['there_already'] ?? 0);
  if (context.json) return printJson(context, { read: source?.read, added, known, rejected: source?.rejected });
  await print(context, [
    `${count(source?.read ?? 0)} rows: ${count(added)} added, ${count(known)} known, ${count(source?.rejected ?? 0)} rejected`,
  ]);
  return reportRejected(report, context);
}
