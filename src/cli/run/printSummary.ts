import { recordText } from '../../base/recordText.ts';
import type { RunReport } from '../../run/report.ts';
import { summary } from '../../views/summary/summary.ts';
import type { CheckpointFile } from '../../store/checkpoint/checkpointFile.ts';
import { pictureStyle, tell, type CliContext } from '../shared/context.ts';
import { summarize } from './summarize.ts';

/** Prints the end-of-run summary on stderr, as a picture or with `--json` as JSON. */
export async function printSummary(context: CliContext, report: RunReport, checkpoint: CheckpointFile | null = null): Promise<void> {
  const plain = summarize(report, { checkpoint });
  await tell(context, context.json ? recordText({ kind: 'summary', ...plain }) : summary(plain, pictureStyle(context)).join('\n'));
}
