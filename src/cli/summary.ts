import type { RunReport } from '../pipeline/report.ts';
import { tell, type CliContext } from './context.ts';
import { summaryOf } from './summaryOf.ts';
import { pictureStyle } from './context.ts';
import { summary } from '../sinks/views/summary.ts';

/** Prints the end-of-run summary on stderr, as a picture or with `--json` as JSON. */
export async function printSummary(context: CliContext, report: RunReport): Promise<void> {
  const plain = summaryOf(report);
  await tell(context, context.json ? JSON.stringify({ kind: 'summary', ...plain }) : summary(plain, pictureStyle(context)).join('\n'));
}
