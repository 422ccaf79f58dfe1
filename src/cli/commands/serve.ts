import { join } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { describeGraph } from '../../pipeline/describeGraph.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { openRun, type OpenRun, type OpenRunOptions } from '../../run/openRun.ts';
import { readRecording } from '../../run/replay/recording.ts';
import type { Mark } from '../../signal.ts';
import { ofFiles, ofStore } from '../../store/recall.ts';
import { inputFlags, windowFlag } from '../input/inputFlags.ts';
import { openInput } from '../input/openInput.ts';
import { openStore, type RadarInput } from '../input/radarInput.ts';
import { keepShown } from '../recall/keepShown.ts';
import { followMarks } from '../recall/followMarks.ts';
import { findVectors, loadRecorded, replayOptions } from '../run/recorded.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag, text, wholeOr } from '../shared/flags.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { buildPipeline, radarOperators } from '../shared/pipelineNodes.ts';
import { progressLine } from '../shared/progressLine.ts';
import { timeArgument } from '../shared/timeArgument.ts';
import { openWeb } from '../web/openWeb.ts';

const serveFlags = z.strictObject({
  ...inputFlags,
  ...windowFlag,
  top: wholeOr(20, 'how many patterns are listed'),
  group: text('id', 'from the store: this group only'),
  follow: on('of files: go on as they grow, or a pipe gives more'),
  from: text('time', 'of a recording: begin at the newest snapshot before this event time'),
  to: text('time', 'of a recording: end at this event time'),
  require: requireFlag('operators, sources or sinks of a recorded pipeline'),
});
type Flags = z.output<typeof serveFlags>;

/** Where it is served when nothing else is given. */
const defaultAddress = '127.0.0.1:9464';

/** `caducus serve [inputs...]`: reads the store, files or a recording, and shows the radar of it until it is stopped. */
export const command = defineCommand({
  arguments: z.strictObject({ inputs: z.array(z.string()) }),
  flags: serveFlags,
  examples: [
    'caducus serve',
    'caducus serve app.log --http 127.0.0.1:8080',
    'tail -F app.log | caducus serve -',
    'caducus serve rec --to 03:15Z',
  ],
  run: async ({ inputs }, flags, context) => serve(inputs, flags, context),
});

async function serve(inputs: readonly string[], flags: Flags, context: CliContext): Promise<number> {
  const { stop, layered } = context;
  let run: OpenRun | null = null;
  let isOver = false;
  let end: (() => void) | null = null;
  const behind = {
    pipeline: 'radar',
    board: null,
    known: () => run?.known() ?? null,
    figures: () => {
      const figures = run?.figures();
      return figures ? { ...figures, live: figures.live && !isOver } : null;
    },
    graph: () => (run ? describeGraph(run.pipeline) : null),
    problem: () => null,
  };
  const web = await openWeb(behind, { address: layered.settings.http || defaultAddress, holds: true }, context);
  try {
    await tell(context, `The radar: ${web.address}  Ctrl-C ends it.`);
    const progress = progressLine(context);
    const shown = keepShown(context);
    const chosen = await chooseRun(inputs, flags, context);
    // What is answered while the input is read, behind the place where the run has read the answers, is held until its board stands.
    const waiting: Mark[] = [];
    end = followMarks(context, (mark) => {
      if (isOver) web.mark(mark);
      else waiting.push(mark);
    });
    run = await openRun(chosen.pipeline, {
      ...chosen.options,
      progress: progress.show,
      observe: (signal) => {
        shown.see(signal);
        web.see(signal);
      },
    });
    web.follow({ ...behind, pipeline: chosen.name, board: run.board });
    await run.execute().finally(() => run!.close());
    isOver = true;
    await progress.clear();
    shown.write();
    web.follow({ ...behind, pipeline: chosen.name, board: run.board });
    for (const mark of waiting) web.mark(mark);
    await untilStopped(stop);
    return 0;
  } finally {
    end?.();
    await web.close();
  }
}

/** What is run, and as what. */
interface Chosen {
  name: string;
  pipeline: Pipeline;
  options: OpenRunOptions;
}

async function chooseRun(inputs: readonly string[], flags: Flags, context: CliContext): Promise<Chosen> {
  const [only] = inputs;
  const isFolder = inputs.length === 1 && only !== '-' && (await context.io.files.stat(only!))?.isDirectory() === true;
  if (isFolder) return recorded(only!, flags, context);
  const alone = (['from', 'to'] as const).find((name) => flags[name] !== undefined);
  if (alone)
    throw new CaducusError('CAD002', { path: `--${alone}` }, 'is of a recording', {
      hint: 'Name the folder of one: caducus run FILE --record DIR makes it.',
    });
  return plain(inputs, flags, context);
}

/** The radar of the store, or of files, as `caducus radar` has it. */
async function plain(inputs: readonly string[], flags: Flags, context: CliContext): Promise<Chosen> {
  const input: RadarInput =
    inputs.length === 0
      ? await openStore(flags, context)
      : await openInput(inputs, flags, context, { follow: flags.follow, watched: true });
  const name = inputs.length === 0 ? ofStore : ofFiles;
  return {
    name: inputs.length === 0 ? 'store' : inputs.join(', '),
    pipeline: buildPipeline('radar', {
      sources: input.sources,
      operators: radarOperators({ by: flags.by, window: input.window, top: flags.top, early: '10s' }),
      sinks: [],
    }),
    options: {
      mode: 'once',
      recall: { name, inputs: inputs.filter((path) => path !== '-'), format: input.format },
      io: input.io,
      dataDir: context.dataDir,
      stop: input.stop,
    },
  };
}

async function recorded(folder: string, flags: Flags, context: CliContext): Promise<Chosen> {
  const { io, stop, dataDir } = context;
  const head = await readRecording(io.files, folder);
  const time = (name: 'from' | 'to') =>
    flags[name] === undefined ? null : timeArgument(flags[name], `--${name}`, head.newest ?? io.now());
  const stretch = { folder, head, from: time('from'), to: time('to') };
  const pipeline = await loadRecorded(head, head.variables, join(dataDir, 'served'), flags, context);
  return {
    name: `${pipeline.name}, recorded`,
    pipeline,
    options: {
      mode: 'replay',
      silent: true,
      knows: true,
      replay: await replayOptions(pipeline, stretch, context),
      ...(await findVectors(folder, context)),
      io,
      dataDir,
      stop,
    },
  };
}

const untilStopped = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => (stop.aborted ? resolve() : stop.addEventListener('abort', () => resolve(), { once: true })));
