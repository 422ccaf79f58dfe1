import { CaducusError } from '../errors.ts';
import { loadPipeline } from '../pipeline/load.ts';
import { Run } from '../pipeline/run.ts';
import { findPipeline } from '../pipeline/shipped.ts';
import { loadContext } from './loadContext.ts';
import { progressLine } from './progressLine.ts';
import type { CommandBody } from './commandBody.ts';
import { printSummary } from './summary.ts';

/** `caducus run <name|file>`: runs a pipeline to the end of its input, or until it is stopped. */
export const run: CommandBody = async ([name = ''], flags, context) => {
  const { io, dataDir, stop } = context;
  const { file, text } = await findPipeline(io, name);
  const pipeline = loadPipeline(file, text, await loadContext(flags, context));
  const progress = progressLine(context);
  const report = await new Run(pipeline, { io, dataDir, stop, progress: progress.show }).execute();
  await progress.clear();
  if (flags['quiet'] !== true) await printSummary(context, report);
  const { maxRejected } = pipeline;
  const rejected = report.sources.reduce((sum, s) => sum + s.rejected, 0);
  const read = report.sources.reduce((sum, s) => sum + s.read, 0);
  if (maxRejected !== undefined && rejected > (maxRejected < 1 ? maxRejected * read : maxRejected)) {
    throw new CaducusError('CAD019', { file }, `${rejected} of ${read} records were rejected; max_rejected is ${maxRejected}`);
  }
  return 0;
};
