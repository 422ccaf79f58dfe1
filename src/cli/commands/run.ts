import { CaducusError } from '../../errors.ts';
import { loadPipeline } from '../../pipeline/load.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { stateFolder } from '../../run/checkpointing.ts';
import { openRun } from '../../run/openRun.ts';
import { refuseTooManyRejected } from '../../run/refuseTooManyRejected.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { drainTimeout, tell } from '../shared/context.ts';
import { dryRun } from '../run/dryRun.ts';
import { followed } from '../run/followed.ts';
import { loadContext } from '../shared/loadContext.ts';
import { progressLine } from '../shared/progressLine.ts';
import { shownOf } from '../recall/keepShown.ts';
import { printSummary } from '../run/printSummary.ts';
import { askedOf, copyVectors, recorderFor } from '../run/record.ts';
import { openTelemetry } from '../telemetry/openTelemetry.ts';

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
  const loaded = follow ? followed(read) : read;
  if (flags['dryRun'] === true) return dryRun(loaded, context);
  const { telemetry, log } = openTelemetry(context, loaded.name);
  const progress = progressLine(context);
  const shown = shownOf(context);
  const recording = typeof flags['record'] === 'string' ? flags['record'] : null;
  const running = await openRun(loaded, {
    mode: 'durable',
    fresh: flags['fresh'] === true,
    io: { ...context.io, stdout: progress.stdout },
    dataDir: context.dataDir,
    stop: context.stop,
    drainTimeout: drainTimeout(context),
    ...(recording !== null && {
      record: () => recorderFor(recording, { file, text, pipeline: loaded.name, follow }, asked, context),
    }),
    progress: (state) => {
      progress.show(state);
      shown.settle();
      telemetry.turned(state);
    },
    observe: (signal) => {
      shown.see(signal);
      telemetry.observe(signal);
    },
    written: ({ bytes }, took) => telemetry.checkpointed({ took, bytes }),
    restored: (checkpoint, bad) => {
      for (const { path, reason } of bad) void tell(context, `passed over ${path}: ${reason}`);
      void tell(context, `going on from checkpoint ${checkpoint.number} (${checkpoint.path})`);
    },
    unkept: (sources) =>
      void tell(context, `${sources.join(', ')} cannot be read again, and checkpoint.journal is off: this run keeps no checkpoints.`),
  });
  try {
    telemetry.memory = () => running.counts;
    const report = await telemetry.during(loaded.name, running);
    await log.flush();
    if (recording !== null) await copyVectors(context.io.files, stateFolder(context.dataDir, loaded.name), recording);
    shown.write();
    await progress.clear();
    if (flags['quiet'] !== true) await printSummary(context, report, running.checkpoint);
    refuseTooManyRejected(loaded, report);
  } finally {
    await running.close();
  }
};
