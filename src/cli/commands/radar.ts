import { recordLine, recordText } from '../../base/recordText.ts';
import { z } from 'zod';
import { startBoard } from '../../board/board.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import { CaducusError } from '../../errors.ts';
import type { FormatName } from '../../formats/index.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { ioFailure } from '../../run/ioFailure.ts';
import { openRun } from '../../run/openRun.ts';
import { refuseTooManyRejected } from '../../run/refuseTooManyRejected.ts';
import type { RadarSignal, RejectedSignal, Signal } from '../../signal.ts';
import { console as consoleSink } from '../../sinks/console.ts';
import { ofFiles, ofStore } from '../../store/recall.ts';
import type { CliContext } from '../shared/context.ts';
import { pictureStyle, tell } from '../shared/context.ts';
import { inputFlags, windowFlag } from '../input/inputFlags.ts';
import { findInput } from '../input/findInput.ts';
import { openInput } from '../input/openInput.ts';
import { openStore, type RadarInput } from '../input/radarInput.ts';
import { readingLine } from '../../views/reading/readingLine.ts';
import { buildPipeline, radarOperators, sinkNode } from '../shared/pipelineNodes.ts';
import { defineCommand } from '../shared/command.ts';
import { on, several, text, wholeOr } from '../shared/flags.ts';
import { fittingSettings, taughtRadar, type LearnedSettings } from '../run/learned.ts';
import { autoWorkers, readWorkers, workersOrAuto } from '../run/workers.ts';
import { keepRejected, mostRejected } from '../run/keepRejected.ts';
import { reportRest } from '../shared/reportRest.ts';
import { progressLine } from '../shared/progressLine.ts';
import { liveTerminal, radarScreen } from '../live/radarScreen.ts';
import { compareFiles, printComparison } from '../compare.ts';
import { eitherFormat, splitFormat } from '../share/eitherFormat.ts';
import { chooseForm, type PrintForm } from '../share/printForms.ts';
import { describeRadar, writeRadar } from '../share/radarForms.ts';
import { keepShown } from '../recall/keepShown.ts';
import { openReading, showKept } from '../recall/storeReading.ts';
import { printSummary } from '../run/printSummary.ts';

const { format: _, ...otherInputFlags } = inputFlags;

const radarFlags = z.strictObject({
  ...eitherFormat,
  ...otherInputFlags,
  ...windowFlag,
  top: wholeOr(8, 'how many patterns are listed'),
  learned: on('of files: go on from what caducus learn was given'),
  all: on('every window, not only the last'),
  baseline: several('file', 'hold all of the input against this one'),
  group: text('id', 'from the store: this group only'),
  follow: on('go on as more comes, live on a terminal'),
  plain: on('no live screen: one radar after the other'),
  workers: workersOrAuto,
  summary: on('print the end-of-run summary on stderr'),
});
type Flags = Omit<z.output<typeof radarFlags>, 'format' | 'inputFormat' | 'baseline'> & { format?: FormatName | undefined };

/** `caducus radar [files...]`: the radar of files, of standard input (`-`), or of the store. */
export const command = defineCommand({
  arguments: z.strictObject({ files: z.array(z.string()) }),
  flags: radarFlags,
  examples: [
    'caducus radar app.log',
    'caducus radar --follow app.log',
    'caducus radar --baseline quiet.log incident.log',
    'journalctl -o json -n 50000 | caducus radar -',
    'caducus radar app.log --format html > radar.html',
  ],
  async run({ files: given }, { format: either, inputFormat, baseline, ...flags }, context) {
    const files = given.length > 0 ? given : await findInput(context);
    const { form: asked, format } = splitFormat(either, inputFormat);
    const form = chooseForm(asked, context);
    if (baseline.length === 0) return radar(files, { ...flags, format }, form, context);
    if (files.length === 0)
      throw new CaducusError('CAD002', { path: '--baseline' }, 'no file is named that is held against it', {
        hint: 'Of the store, two times or two groups are compared: caducus diff --by time 02:00Z..03:00Z 03:00Z..03:15Z',
      });
    await printComparison(
      await compareFiles({ before: baseline, after: files }, { ...flags, format }, context),
      { ...flags, form },
      context,
    );
  },
});

async function radar(files: readonly string[], flags: Flags, form: PrintForm, context: CliContext): Promise<number> {
  const isText = form === 'text';
  if (flags.all && (form === 'markdown' || form === 'html'))
    throw new CaducusError('CAD002', { path: '--all' }, `${form} is of one window`, { hint: 'Leave --all out, or print text or json.' });
  if (flags.follow && files.length === 0)
    throw new CaducusError('CAD002', { path: '--follow' }, 'the store does not grow by itself', {
      hint: 'Give a file, or - for what is piped in. Of a running pipeline: caducus top.',
    });
  const learned = files.length === 0 || flags.learned ? await fittingSettings(flags, context) : null;
  const terminal = flags.plain || !isText ? null : liveTerminal(files, context);
  const { by, top, group } = flags;
  const reading =
    files.length === 0 && !learned && !flags.summary
      ? await openReading({ by, top, group, early: earlyFor(flags), window: flags.window }, context)
      : null;
  const input: RadarInput =
    files.length === 0
      ? await openStore({ ...flags, window: reading?.kept?.window ?? flags.window }, context)
      : await openInput(files, flags, context, { follow: flags.follow, watched: terminal !== null });
  const screen = input.live && terminal ? radarScreen(files, terminal, context) : null;
  const shown = keepShown(context);
  const rejected: RejectedSignal[] = [];
  const lines: string[] = [];
  let last: RadarSignal | undefined;
  /** What stands beside the radar in every form but text, which the console draws by itself. */
  const board = startBoard();
  const progress = screen ?? progressLine(context);
  const pipeline = radarPipeline(input, learned, { live: screen !== null, isText }, flags, context);
  const io = { ...input.io, stdout: progress.stdout, ...(screen && { stderr: screen.stderr }) };
  const observe = (signal: Signal) => {
    shown.see(signal);
    screen?.see(signal);
    if (!isText) reduceBoard(board, signal);
    if (signal.kind === 'rejected' && rejected.length < mostRejected) rejected.push(signal);
    if (signal.kind !== 'radar') return;
    last = signal;
    if (form === 'json' && flags.all) lines.push(recordText(signal.radar));
  };
  const run = reading?.kept
    ? null
    : await openRun(pipeline, {
        mode: 'once',
        recall: {
          name: files.length === 0 ? ofStore : ofFiles,
          inputs: files.filter((path) => path !== '-'),
          format: input.format,
        },
        ...(learned && { taught: taughtRadar(learned) }),
        io,
        dataDir: context.dataDir,
        stop: screen?.quit ?? input.stop,
        workers: await findWorkers(files, input, flags, context),
        progress: progress.show,
        observe: (signal) => {
          reading?.see(signal);
          observe(signal);
        },
      });
  screen?.watch(() => run!.figures());
  const report = run
    ? await run
        .execute()
        .finally(() => run.close())
        .finally(() => progress.clear())
    : await showKept(reading!.kept!, pipeline, { io, dataDir: context.dataDir, observe });
  if (run && run.unrecalled === null) reading?.keep(report, input.window);
  const read = { board, report, note: describeReading(input), pipeline: files.length === 0 ? 'store' : files.join(', ') };
  if (form === 'json' && flags.all) await context.io.stdout.write(lines.map((l) => `${l}\n`).join(''));
  else if (form === 'json') await context.io.stdout.write(last ? recordLine(describeRadar(last.radar, read, context)) : 'null\n');
  else if (!last) await tell(context, nothingIn(files, context));
  else if (form !== 'text') await context.io.stdout.write(await writeRadar(form, last.radar, read, context));
  if (flags.summary) await printSummary(context, report);
  for (const line of flags.summary ? reportRest({ ...report, rejected: [] }) : reportRest(report)) await tell(context, line);
  shown.write();
  const unkept = run?.unrecalled ?? shown.failure ?? (files.length === 0 ? null : await keepWhatFailed(rejected, context));
  if (unkept !== null) await tell(context, unkeptText(unkept));
  refuseTooManyRejected({ file: '' }, report);
  return 0;
}

/** How its input is read, in words, where that is known. */
const describeReading = ({ reading }: RadarInput): string | undefined =>
  reading !== null && reading.records > 0 ? readingLine(reading) : undefined;

/** The threads that take part: in what goes on, and over the store, there is nothing to be parsed aside. */
async function findWorkers(files: readonly string[], { live }: RadarInput, { workers }: Flags, context: CliContext) {
  const auto = async () => (live || files.length === 0 ? 1 : await autoWorkers(context.io.files, files));
  return readWorkers(workers === 'auto' ? await auto() : workers, context);
}

/** How often a window that is open is shown. */
const earlyFor = ({ all }: Flags): string | number => (all ? '10s' : 0);

/** The pipeline of a radar: what is grouped, remembered, ranked and shown. */
function radarPipeline(
  input: RadarInput,
  learned: LearnedSettings | null,
  { live, isText }: { live: boolean; isText: boolean },
  flags: Flags,
  context: CliContext,
): Pipeline {
  const note = describeReading(input);
  const style = pictureStyle(context);
  const screen = {
    view: 'radar',
    live: false,
    only: flags.all || (input.live && !live) ? 'all' : 'last',
    ascii: style.ascii,
    timeZone: style.timeZone,
    color: context.color ? 'always' : 'never',
    ...(note !== undefined && { note }),
  };
  const window = learned?.window ?? input.window;
  return buildPipeline('radar', {
    sources: input.sources,
    operators: radarOperators({ by: flags.by, window, top: flags.top, early: input.live ? '10s' : earlyFor(flags) }),
    sinks: !isText ? [] : [sinkNode('screen', consoleSink, screen)],
  });
}

/** Keeps the rejected records; returns why it cannot, null when it could. */
async function keepWhatFailed(rejected: readonly RejectedSignal[], { io, dataDir }: CliContext): Promise<unknown> {
  try {
    await keepRejected(rejected, io, dataDir, 'radar');
    return null;
  } catch (error) {
    const failure = ioFailure(error, {});
    if (failure === error && !(error instanceof CaducusError)) throw error;
    return failure;
  }
}

const unkeptText = (failure: unknown): string =>
  `Nothing is kept for explain, ack and rejected: ${failure instanceof CaducusError ? failure.what : String(failure)}.  --data-dir names another folder.`;

function nothingIn(files: readonly string[], { dataDir }: CliContext): string {
  if (files.length > 0) return 'No events in the input.';
  return `No events in ${dataDir}.  Try: caducus radar FILE, or caducus demo init for a log to look at.`;
}
