import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { openRun } from '../../run/openRun.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { count } from '../../views/text/numbers.ts';
import { file } from '../../sources/file.ts';
import type { Source } from '../../sources/source.ts';
import { readTopics } from '../../store/recall.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag, text } from '../shared/flags.ts';
import { print, printJson, tell, type CliContext } from '../shared/context.ts';
import { keepLearned, taughtRadar, type LearnedSettings } from '../run/learned.ts';
import { loadContext } from '../shared/loadContext.ts';
import { inputFlags, windowFlag } from '../input/inputFlags.ts';
import { openInput } from '../input/openInput.ts';
import { sourceNode } from '../shared/pipelineNodes.ts';
import { progressLine } from '../shared/progressLine.ts';

const learnFlags = z.strictObject({
  pipeline: text('name|file', 'the pipeline that is taught (default: the radar of the store)'),
  source: text('id', 'the source of the pipeline whose events the files hold, where it has several'),
  ...inputFlags,
  ...windowFlag,
  require: requireFlag('operators, sources or sinks'),
  fresh: on('forget what was learned before'),
});
type Flags = z.output<typeof learnFlags>;

/** `caducus learn FILE...`: teaches a pipeline, or the radar of the store, what is usual. Nothing is sent, nothing fires. */
export const command = defineCommand({
  arguments: z.strictObject({ files: z.array(z.string()).min(1) }),
  flags: learnFlags,
  examples: ['caducus learn quiet.log --pipeline radar.yaml', 'caducus learn last-week/*.log --window 5m'],
  run: async ({ files }, flags, context) => learn(files, flags, context),
});

async function learn(files: readonly string[], flags: Flags, context: CliContext): Promise<number | void> {
  const { io, dataDir } = context;
  const target = await chooseTarget(files, flags, context);
  const progress = progressLine(context);
  const run = await openRun(target.pipeline, {
    mode: 'teach',
    sources: target.sources,
    fresh: flags.fresh,
    io,
    dataDir,
    stop: context.stop,
    progress: progress.show,
  });
  try {
    const report = await run.execute();
    await progress.clear();
    if (report.reason === 'stopped') {
      await tell(context, 'Stopped: nothing of it is kept.');
      return 75;
    }
    if (target.settings) keepLearned(io.files, dataDir, target.settings);
    const patterns = readTopics(io.files, dataDir, target.pipeline.name);
    const events = report.sources.reduce((sum, { accepted }) => sum + accepted, 0);
    const groups = new Set(patterns.map(({ group_id: group }) => group)).size;
    const result = { pipeline: target.pipeline.name, events, patterns: patterns.length, groups };
    if (context.json) return printJson(context, result);
    const whom = target.settings ? 'caducus radar' : `caducus run ${flags.pipeline!}`;
    return print(context, [
      `learned ${count(events)} events, ${count(patterns.length)} patterns in ${count(groups)} ${groups === 1 ? 'group' : 'groups'}.  ${whom} goes on from here.`,
    ]);
  } finally {
    await run.close();
  }
}

interface Target {
  pipeline: Pipeline;
  sources: SourceNode[];
  /** Of the radar of the store: what it was taught with. */
  settings?: LearnedSettings;
}

/** What is taught, and the files as sources of it: named and read as the pipeline's own source is. */
async function chooseTarget(files: readonly string[], flags: Flags, context: CliContext): Promise<Target> {
  const name = flags.pipeline;
  if (name === undefined) return theStore(files, flags, context);
  const found = await findPipeline(context.io, name);
  const pipeline = await readPipeline(found.file, found.text, await loadContext(flags, context), context.io);
  const own = pipeline.sources.filter(({ source }) => !source.spec.accompanies);
  const wanted = flags.source;
  const like = wanted === undefined && own.length === 1 ? own[0] : own.find(({ id }) => id === wanted);
  if (!like) {
    throw new CaducusError(
      'CAD002',
      { path: '--source' },
      wanted === undefined ? `${pipeline.name} has ${own.length} sources` : `${pipeline.name} has no source "${wanted}"`,
      {
        hint: `Say whose events the files hold: --source ${own.map(({ id }) => id).join(' or ')}`,
      },
    );
  }
  const ownFormat = (like.options as { format?: unknown }).format;
  const format = flags.format ?? (typeof ownFormat === 'string' ? ownFormat : undefined);
  return { pipeline, sources: nodes(files, format, like.name ?? like.id) };
}

/** The radar of the store, whose groups are those of its events. */
async function theStore(files: readonly string[], flags: Flags, context: CliContext): Promise<Target> {
  const { sources, window } = await openInput(files, flags, context);
  const settings = { by: flags.by, window };
  return { pipeline: taughtRadar(settings), sources, settings };
}

const nodes = (files: readonly string[], format: string | undefined, name: string): SourceNode[] =>
  files.map((path, i) => sourceNode(`learn-${i + 1}`, file as Source, { path, ...(format === undefined ? {} : { format }) }, name));
