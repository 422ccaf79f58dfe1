import type { Pipeline } from '../../pipeline/definition.ts';
import type { Workers } from '../../run/partition/openPartitions.ts';
import { openRun } from '../../run/openRun.ts';
import { drainTimeout, tell, type CliContext } from '../shared/context.ts';
import { progressLine } from '../shared/progressLine.ts';
import { printSummary } from './printSummary.ts';

/**
 * `caducus run --dry-run`: goes on from the last checkpoint, shows what it finds, prints the messages it would send, and
 * leaves everything as it was: nothing is stored, sent or deleted, no checkpoint is taken.
 */
export async function dryRun(pipeline: Pipeline, workers: Workers | undefined, context: CliContext): Promise<void> {
  const { io, dataDir, stop } = context;
  const progress = progressLine(context);
  const run = await openRun(pipeline, {
    mode: 'dry',
    workers,
    io: { ...io, stdout: progress.stdout },
    dataDir,
    stop,
    drainTimeout: drainTimeout(context),
    progress: progress.show,
  });
  try {
    const report = await run.execute();
    await progress.clear();
    await printSummary(context, report);
    const without = run.leftOut.length > 0 ? ` (left out: ${run.leftOut.join(', ')})` : '';
    await tell(context, `Dry run: nothing was stored, sent, deleted or remembered${without}.`);
  } finally {
    await run.close();
  }
}
