import { CaducusError } from '../../errors.ts';
import type { RadarSignal } from '../../signal.ts';
import { runToEnd } from '../../run/openRun.ts';
import { console as consoleSink } from '../../sinks/console.ts';
import { file } from '../../sources/file.ts';
import { stdin } from '../../sources/stdin.ts';
import { store } from '../../sources/store.ts';
import type { Source } from '../../sources/source.ts';
import { ofFiles, ofStore } from '../../store/recall.ts';
import type { CliContext } from '../shared/context.ts';
import { pictureStyle, tell } from '../shared/context.ts';
import { peekWindow } from '../shared/peekWindow.ts';
import { pipelineOf, radarOperators, sinkNode, sourceNode } from '../shared/pipelineNodes.ts';
import { duration } from '../../views/duration.ts';
import type { CommandBody, Flags } from '../shared/commandBody.ts';
import { learnedSettings, taughtRadar, type LearnedSettings } from '../run/learned.ts';
import { textOf } from '../recall/leaveMark.ts';
import { progressLine } from '../shared/progressLine.ts';
import { shownOf } from '../recall/keepShown.ts';
import { printSummary } from '../run/printSummary.ts';

/** `caducus radar [files...]`: the radar of files, of standard input (`-`), or of the store. */
export const radar: CommandBody = async (files, flags, context) => {
  const { io } = context;
  const format = typeof flags['format'] === 'string' ? { format: flags['format'] } : {};
  const group = typeof flags['group'] === 'string' ? { group: flags['group'] } : {};
  if (files.includes('-') && files.length > 1)
    throw new CaducusError('CAD002', {}, 'standard input (-) stands alone', { hint: 'Give either - or files.' });
  const sources =
    files.length === 0
      ? [sourceNode('store', store as Source, { path: context.dataDir, ...group })]
      : files.map((path, i) =>
          path === '-'
            ? sourceNode('stdin', stdin as Source, format)
            : sourceNode(`file-${i + 1}`, file as Source, { path, ...format }, 'log'),
        );
  const learned = files.length === 0 || flags['learned'] === true ? await usable(flags, context) : null;
  const window = learned?.window ?? textOf(flags, 'window') ?? (await peekWindow(sources, context));
  const style = pictureStyle(context);
  const pipeline = pipelineOf('radar', {
    sources,
    operators: radarOperators({ by: String(flags['by']), window, top: Number(flags['top']), early: flags['all'] === true ? '10s' : 0 }),
    sinks: context.json
      ? []
      : [
          sinkNode('screen', consoleSink, {
            view: 'radar',
            live: false,
            only: flags['all'] === true ? 'all' : 'last',
            ascii: style.ascii,
            timeZone: style.timeZone,
            color: context.color ? 'always' : 'never',
          }),
        ],
  });
  let last: RadarSignal | undefined;
  const lines: string[] = [];
  const shown = shownOf(context);
  const progress = progressLine(context);
  const report = await runToEnd(pipeline, {
    mode: 'once',
    recall: { name: files.length === 0 ? ofStore : ofFiles, inputs: files.filter((path) => path !== '-'), ...format },
    ...(learned && { taught: taughtRadar(learned) }),
    io: { ...io, stdout: progress.stdout },
    dataDir: context.dataDir,
    stop: context.stop,
    progress: progress.show,
    observe: (signal) => {
      shown.see(signal);
      if (signal.kind !== 'radar') return;
      last = signal;
      if (context.json && flags['all'] === true) lines.push(JSON.stringify(signal.radar));
    },
  });
  shown.write();
  await progress.clear();
  if (context.json)
    await io.stdout.write(flags['all'] === true ? lines.map((l) => `${l}\n`).join('') : `${JSON.stringify(last?.radar ?? null)}\n`);
  else if (!last) await tell(context, await nothingIn(files, context));
  const rejected = report.rejected.reduce((sum, { count }) => sum + count, 0);
  if (flags['summary'] === true) await printSummary(context, report);
  else if (rejected > 0) {
    await tell(
      context,
      `${rejected} rejected: ${report.rejected
        .slice(0, 3)
        .map((r) => `${r.count} ${r.reason} (${r.example})`)
        .join('; ')}`,
    );
  }
  return 0;
};

/** What was learned, where it is good for the groups and windows that are asked for; else says why it is not. */
async function usable(flags: Flags, context: CliContext): Promise<LearnedSettings | null> {
  const learned = learnedSettings(context.io.files, context.dataDir);
  if (!learned) {
    if (flags['learned'] === true)
      throw new CaducusError('CAD002', { path: '--learned' }, 'nothing was learned yet', { hint: 'Teach it first: caducus learn FILE...' });
    return null;
  }
  const window = textOf(flags, 'window');
  const fits = learned.by === flags['by'] && (window === undefined || window === learned.window);
  if (!fits)
    await tell(
      context,
      `What was learned is not used: it is of groups by ${learned.by}, in windows of ${typeof learned.window === 'number' ? duration(learned.window) : learned.window}.`,
    );
  return fits ? learned : null;
}

async function nothingIn(files: readonly string[], { dataDir }: CliContext): Promise<string> {
  if (files.length > 0) return 'No events in the input.';
  return `No events in ${dataDir}.  Try: caducus radar FILE, or caducus demo ingest --input fixtures/demo_hdfs_sample.csv`;
}
