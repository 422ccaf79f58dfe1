import { join } from 'node:path';
import { z } from 'zod';
import { toIso } from '../../event.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { difference, standings } from '../../run/replay/difference.ts';
import { readRecording, type RecordingHead } from '../../run/replay/recording.ts';
import { openRun, runToEnd } from '../../run/openRun.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import type { Radar } from '../../signal.ts';
import { differenceLines } from '../../views/tables/difference.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag, text } from '../shared/flags.ts';
import { pictureStyle, print, printJson, tell, type CliContext } from '../shared/context.ts';
import { findVectors, loadRecorded, replayOptions, type Stretch } from '../run/recorded.ts';
import { printSummary } from '../run/printSummary.ts';
import { timeArgument } from '../shared/timeArgument.ts';

const replayFlags = z.strictObject({
  from: text('time', 'begin at the newest recorded snapshot before this event time'),
  to: text('time', 'end at this event time'),
  pipeline: text('file', 'another pipeline over the same records'),
  diff: on('print what would be new, gone or ranked otherwise as the settings are now'),
  require: requireFlag('operators, sources or sinks'),
});
type Flags = z.output<typeof replayFlags>;

/** `caducus replay DIR`: runs a recording again; with `--diff` beside it as the settings are now. */
export const command = defineCommand({
  arguments: z.strictObject({ folder: z.string() }),
  flags: replayFlags,
  examples: ['caducus run radar.yaml --record rec', 'caducus replay rec --data-dir ./again', 'WINDOW=1m caducus replay rec --diff'],
  run: async ({ folder }, given, context) => replay(folder, given, context),
});

async function replay(folder: string, flags: Flags, context: CliContext): Promise<number> {
  const { io } = context;
  const head = await readRecording(io.files, folder);
  // A time of day, or a distance, is of the end of what was recorded.
  const time = (name: 'from' | 'to') =>
    flags[name] === undefined ? null : timeArgument(flags[name], `--${name}`, head.newest ?? io.now());
  const stretch: Stretch = { folder, head, from: time('from'), to: time('to') };
  const out = typeof context.given['dataDir'] === 'string' ? context.dataDir : join(folder, 'replay');
  const other = flags.pipeline === undefined ? null : { ...(await findPipeline(io, flags.pipeline)), follow: head.follow ?? false };
  if (!flags.diff) {
    const pipeline = await loadRecorded(other ?? head, other ? {} : head.variables, out, flags, context);
    await play(pipeline, stretch, out, context);
    return 0;
  }
  const before = await watched(
    await loadRecorded(head, head.variables, join(out, 'recorded'), flags, context),
    stretch,
    join(out, 'recorded'),
    context,
  );
  // Now: variables that are set now win over those of the recording.
  const now = { ...head.variables, ...given(io.env, head.variables) };
  const after = await watched(await loadRecorded(other ?? head, now, join(out, 'now'), flags, context), stretch, join(out, 'now'), context);
  const found = difference(standings(before), standings(after));
  await (context.json ? printJson(context, found) : print(context, differenceLines(found, pictureStyle(context))));
  return 0;
}

/** The variables of the recording as they are set now. */
function given(env: CliContext['io']['env'], recorded: RecordingHead['variables']): Record<string, string> {
  return Object.fromEntries(Object.keys(recorded).flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/** A replay for comparison: nothing on the screen, only what its radars say. */
async function watched(pipeline: Pipeline, stretch: Stretch, out: string, context: CliContext): Promise<Radar[]> {
  const radars: Radar[] = [];
  await runToEnd(pipeline, {
    mode: 'replay',
    silent: true,
    replay: await replayOptions(pipeline, stretch, context),
    ...(await findVectors(stretch.folder, context)),
    io: context.io,
    dataDir: out,
    stop: context.stop,
    observe: (signal) => void (signal.kind === 'radar' && radars.push(signal.radar)),
  });
  return radars;
}

async function play(pipeline: Pipeline, stretch: Stretch, out: string, context: CliContext): Promise<void> {
  const replay = await replayOptions(pipeline, stretch, context);
  const vectors = await findVectors(stretch.folder, context);
  const run = await openRun(pipeline, { mode: 'replay', replay, ...vectors, io: context.io, dataDir: out, stop: context.stop });
  const report = await run.execute().finally(() => run.close());
  await printSummary(context, report);
  const newest = replay.snapshot?.newest ?? null;
  const began =
    stretch.from === null
      ? ''
      : newest === null
        ? '  Began at its start: there is no snapshot before --from.'
        : `  Began at the snapshot of ${toIso(newest)}.`;
  const without = run.leftOut.length > 0 ? `  Left out: ${run.leftOut.join(', ')}.` : '';
  await tell(context, `Replayed from ${stretch.folder} into ${out}; nothing was sent.${began}${without}`);
}
