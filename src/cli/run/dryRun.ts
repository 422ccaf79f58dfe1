import { parseDuration } from '../../../config/scalars.ts';
import { Checkpointing } from '../../run/checkpointing.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { dryCheckpoints, dryPipeline } from '../../run/dryRun.ts';
import { Run } from '../../run/run.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { progressLine } from '../shared/progressLine.ts';
import { printSummary } from './printSummary.ts';

/**
 * `caducus run --dry-run`: goes on from the last checkpoint, shows what it finds, prints the messages it would send, and
 * leaves everything as it was: nothing is stored, sent or deleted, no checkpoint is taken.
 */
export async function dryRun(whole: Pipeline, context: CliContext): Promise<void> {
  const { io, dataDir, stop, layered } = context;
  const { pipeline, leftOut } = dryPipeline(whole);
  const progress = progressLine(context);
  const checkpoints = dryCheckpoints(new Checkpointing(pipeline, { io, dataDir }));
  const drainTimeout = parseDuration(layered.settings.drain_timeout) ?? 30_000;
  const report = await new Run(pipeline, {
    io: { ...io, stdout: progress.stdout },
    dataDir,
    stop,
    drainTimeout,
    checkpoints,
    progress: progress.show,
  }).execute();
  await progress.clear();
  await printSummary(context, report);
  const without = leftOut.length > 0 ? ` (left out: ${leftOut.join(', ')})` : '';
  await tell(context, `Dry run: nothing was stored, sent, deleted or remembered${without}.`);
}
