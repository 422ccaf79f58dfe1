import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import { readWorkers } from '../run/workers.ts';
import { openReloadingRun } from '../../run/reload/reloadingRun.ts';
import { refuseTooManyRejected } from '../../run/refuseTooManyRejected.ts';
import { showError } from '../shared/showError.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag, text as textFlag, whole } from '../shared/flags.ts';
import { drainTimeout, tell, type CliContext } from '../shared/context.ts';
import { refuseWithEngine, runWithEngine } from '../run/runWithEngine.ts';
import { dryRun } from '../run/dryRun.ts';
import { followed } from '../run/followed.ts';
import { openGuesser } from '../guesses/openGuesser.ts';
import { loadContext } from '../shared/loadContext.ts';
import { progressLine } from '../shared/progressLine.ts';
import { keepShown } from '../recall/keepShown.ts';
import { printSummary } from '../run/printSummary.ts';
import { recordAsked, copyVectors, recorderFor } from '../run/record.ts';
import { openRunControl } from '../control/openRunControl.ts';
import { RunLook } from '../live/runLook.ts';
import { reloadFile } from '../run/reloadFile.ts';
import { watchFile } from '../run/watchFile.ts';
import { openTelemetry } from '../telemetry/openTelemetry.ts';
import type { OpenWeb } from '../web/openWeb.ts';
import { openRunWeb } from '../web/runWeb.ts';

const runFlags = z.strictObject({
  require: requireFlag('operators, sources or sinks'),
  fresh: on('forget the saved state and start anew'),
  acceptChanges: on('the file says otherwise than before what states are kept by: start those, and what is behind them, anew'),
  follow: on('go on until stopped, whatever the file says: files are read as they grow'),
  dryRun: on('show what it finds and would send; store, send, delete and remember nothing'),
  record: textFlag('folder', 'keep everything that comes, so that caducus replay can run it again'),
  workers: whole('threads that share the work, for the same result: of two one parses files, further ones share out the groups'),
  engine: textFlag(
    'url',
    'share the work with other processes on a message engine, such as nats://host:4222: start it on as many machines as you like',
  ),
  watch: on('take the file again whenever it is changed; one that is wrong is told, and the run goes on as before'),
  quiet: on('no summary at the end'),
});

/** `caducus run <name|file>`: runs a pipeline to the end of its input, or until it is stopped; goes on where it stood. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string() }),
  flags: runFlags,
  examples: ['caducus run hdfs-radar', 'LOG=app.csv caducus run ./radar.yaml', 'caducus run radar.yaml --follow --watch'],
  run: async ({ pipeline }, flags, context) => runPipeline(pipeline, flags, context),
});

async function runPipeline(
  name: string,
  { fresh, follow, record, ...flags }: z.output<typeof runFlags>,
  context: CliContext,
): Promise<void> {
  const { file, text } = await findPipeline(context.io, name);
  if (flags.dryRun && fresh)
    throw new CaducusError('CAD002', {}, '--dry-run and --fresh exclude each other', { hint: 'A dry run forgets nothing.' });
  if (flags.dryRun && follow)
    throw new CaducusError('CAD002', {}, '--dry-run and --follow exclude each other', { hint: 'A dry run shows what is there and ends.' });
  const { asked, ...loading } = recordAsked(await loadContext(flags, context));
  const read = await readPipeline(file, text, loading, context.io);
  const loaded = follow ? followed(read) : read;
  const reread = async () => {
    const found = await readPipeline(file, (await findPipeline(context.io, name)).text, loading, context.io);
    return follow ? followed(found) : found;
  };
  if (flags.engine !== undefined) {
    const { engine, require: _, quiet, ...rest } = flags;
    refuseWithEngine({ fresh, record, ...rest });
    return runWithEngine(loaded, engine, { registry: loading.registry, quiet, reread }, context);
  }
  const workers = readWorkers(flags.workers, context);
  if (flags.dryRun) return dryRun(loaded, workers, context);
  const { telemetry, log } = openTelemetry(context, loaded.name);
  const progress = progressLine(context);
  const shown = keepShown(context);
  let web: OpenWeb | null = null;
  const look = new RunLook(loaded.name, context.io);
  const running = await openReloadingRun(loaded, {
    mode: 'durable',
    fresh,
    io: { ...context.io, stdout: progress.stdout },
    dataDir: context.dataDir,
    stop: context.stop,
    drainTimeout: drainTimeout(context),
    acceptChanges: flags.acceptChanges,
    guesser: openGuesser(context),
    changed: (notes) => notes.forEach((note) => void tell(context, note)),
    workers,
    ...(record !== undefined && {
      record: () => recorderFor(record, { file, text, pipeline: loaded.name, follow }, asked, context),
    }),
    progress: (state) => {
      progress.show(state);
      shown.settle();
      telemetry.turned(state);
    },
    observe: (signal) => {
      shown.see(signal);
      telemetry.observe(signal);
      web?.see(signal);
      look.see(signal);
    },
    written: ({ bytes }, took) => telemetry.checkpointed({ took, bytes }),
    restored: (checkpoint, bad) => {
      for (const { path, reason } of bad) void tell(context, `passed over ${path}: ${reason}`);
      void tell(context, `going on from checkpoint ${checkpoint.number} (${checkpoint.path})`);
    },
    unkept: (sources) =>
      void tell(context, `${sources.join(', ')} cannot be read again, and checkpoint.journal is off: this run keeps no checkpoints.`),
  });
  const again = async () => {
    const changed = await reread();
    return reloadFile(running, async () => changed, context);
  };
  const control = await openRunControl(running, { pipeline: loaded.name, look, reload: again }, context);
  const over = new AbortController();
  if (flags.watch) void watchFile(context.io, file, over.signal, () => tellReload(again, context));
  try {
    telemetry.memory = () => running.counts;
    web = await openRunWeb(running, telemetry, context);
    const report = await telemetry.during(loaded.name, running);
    await log.flush();
    if (record !== undefined) await copyVectors(context.io.files, stateFolder(context.dataDir, loaded.name), record);
    shown.write();
    if (running.unguessed !== null) await tell(context, `The model was asked in vain: ${running.unguessed}`);
    await progress.clear();
    if (report.cut) await tell(context, 'Stopped in the midst of work: what was not finished is taken again by the next run.');
    if (!flags.quiet) await printSummary(context, report, running.checkpoint);
    refuseTooManyRejected(loaded, report);
  } finally {
    await web?.close();
    over.abort();
    await control?.close();
    await running.close();
  }
}

/** Takes a file that was changed; says what became of that. */
async function tellReload(reload: () => Promise<readonly string[]>, context: CliContext): Promise<void> {
  try {
    const notes = await reload();
    await tell(context, ['The file was changed: the run goes on with it.', ...notes].join('\n'));
  } catch (error) {
    await tell(
      context,
      `${showError(error, { color: false }).text.trimEnd()}\nThe file was changed and is not taken: the run goes on as before.`,
    );
  }
}
