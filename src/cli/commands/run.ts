import { join } from 'node:path';
import { parseDuration } from '../../../config/scalars.ts';
import { CaducusError } from '../../errors.ts';
import { Checkpointing, clearState, stateFolder } from '../../run/checkpointing.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { loadPipeline } from '../../pipeline/load.ts';
import { Run, type RunOptions } from '../../run/run.ts';
import { Recalling } from '../../run/recalling.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { withMarks } from '../../run/withMarks.ts';
import { withRejectedLog } from '../../run/withRejectedLog.ts';
import type { Signal } from '../../signal.ts';
import type { RunReport } from '../../run/report.ts';
import { lock } from '../../store/lock.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { thisProcess } from '../shared/thisProcess.ts';
import { dryRun } from '../run/dryRun.ts';
import { followed } from '../run/followed.ts';
import { loadContext } from '../shared/loadContext.ts';
import { progressLine } from '../shared/progressLine.ts';
import { shownOf } from '../recall/keepShown.ts';
import { printSummary } from '../run/printSummary.ts';
import { askedOf, copyVectors, recorderFor } from '../run/record.ts';
import { openTelemetry } from '../telemetry/openTelemetry.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** `caducus run <name|file>`: runs a pipeline to the end of its input, or until it is stopped; goes on where it stood. */
export const run: CommandBody = async ([name = ''], flags, context) => {
  const { file, text } = await findPipeline(context.io, name);
  if (flags['dryRun'] === true && flags['fresh'] === true)
    throw new CaducusError('CAD002', {}, '--dry-run and --fresh exclude each other', { hint: 'A dry run forgets nothing.' });
  if (flags['dryRun'] === true && flags['follow'] === true)
    throw new CaducusError('CAD002', {}, '--dry-run and --follow exclude each other', { hint: 'A dry run shows what is there and ends.' });
  const { asked, ...loading } = askedOf(await loadContext(flags, context));
  const follow = flags['follow'] === true;
  const read = loadPipeline(file, text, loading);
  const loaded = withMarks(follow ? followed(read) : read, context.dataDir);
  const state = stateFolder(context.dataDir, loaded.name);
  const release = await lock(context.io, join(state, 'lock'), thisProcess);
  try {
    if (flags['dryRun'] === true) return await dryRun(loaded, context);
    if (flags['fresh'] === true) await clearState(context.io.files, state);
    const recalling = new Recalling({ io: context.io, dataDir: context.dataDir, name: loaded.name, fresh: flags['fresh'] === true });
    const pipeline = withRejectedLog(recalling.watch(loaded));
    const { telemetry, log } = openTelemetry(context, pipeline.name);
    telemetry.memory = () => recalling.counts;
    const checkpoints = await checkpointsFor(pipeline, context, telemetry);
    const progress = progressLine(context);
    const shown = shownOf(context);
    const observe = (signal: Signal) => {
      shown.see(signal);
      recalling.see(signal);
      telemetry.observe(signal);
    };
    const options: RunOptions = {
      io: { ...context.io, stdout: progress.stdout },
      dataDir: context.dataDir,
      stop: context.stop,
      drainTimeout: parseDuration(context.layered.settings.drain_timeout) ?? 30_000,
      progress: (state) => {
        progress.show(state);
        shown.settle();
        telemetry.turned(state);
      },
      observe,
      ...(typeof flags['record'] === 'string' && {
        record: await recorderFor(flags['record'], { file, text, pipeline: loaded.name, follow }, asked, context),
      }),
    };
    const running = new Run(pipeline, checkpoints ? { ...options, checkpoints } : options);
    const report = await telemetry.during(pipeline.name, running);
    await log.flush();
    if (typeof flags['record'] === 'string') await copyVectors(context.io.files, state, flags['record']);
    shown.write();
    recalling.write();
    await progress.clear();
    if (flags['quiet'] !== true) await printSummary(context, report, checkpoints?.last ?? null);
    tooManyRejected(pipeline, report);
  } finally {
    await release();
  }
};

/** null, said on stderr, where a source cannot be read again and no journal is kept: a checkpoint would promise too much. */
async function checkpointsFor(pipeline: Pipeline, context: CliContext, telemetry: Telemetry): Promise<Checkpointing | null> {
  const once = pipeline.sources.filter(({ source, options }) => !source.spec.replayable(options as never));
  if (once.length > 0 && !pipeline.checkpoint.journal) {
    await tell(
      context,
      `${once.map((s) => s.id).join(', ')} cannot be read again, and checkpoint.journal is off: this run keeps no checkpoints.`,
    );
    return null;
  }
  return new Checkpointing(pipeline, {
    io: context.io,
    dataDir: context.dataDir,
    written: ({ bytes }, took) => telemetry.checkpointed({ took, bytes }),
    restored: (checkpoint, bad) => {
      for (const { path, reason } of bad) void tell(context, `passed over ${path}: ${reason}`);
      void tell(context, `going on from checkpoint ${checkpoint.number} (${checkpoint.path})`);
    },
  });
}

function tooManyRejected({ file, maxRejected }: Pipeline, { sources }: RunReport): void {
  const rejected = sources.reduce((sum, s) => sum + s.rejected, 0);
  const read = sources.reduce((sum, s) => sum + s.read, 0);
  if (maxRejected !== undefined && rejected > (maxRejected < 1 ? maxRejected * read : maxRejected)) {
    throw new CaducusError('CAD019', { file }, `${rejected} of ${read} records were rejected; max_rejected is ${maxRejected}`);
  }
}
