import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { Backtest } from '../../findings/backtest.ts';
import type { BacktestResult } from '../../findings/backtest/result.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { runToEnd } from '../../run/openRun.ts';
import { backtestPage } from '../../views/backtest.ts';
import { backtestPipeline, hasSender, listRules } from '../backtest/backtestPipeline.ts';
import { openHistory, type History } from '../backtest/openHistory.ts';
import { readIncidents } from '../backtest/readIncidents.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, tell, type CliContext } from '../shared/context.ts';
import { choice, requireFlag, several, text } from '../shared/flags.ts';
import { loadContext } from '../shared/loadContext.ts';
import { progressLine } from '../shared/progressLine.ts';
import { timeArgument } from '../shared/timeArgument.ts';
import { inputFlags } from '../input/inputFlags.ts';

const backtestFlags = z.strictObject({
  source: choice('source', ['store'], 'read the store of the data folder in place of the sources of the file'),
  from: text('time', 'count pages from this time on (such as -30d: before the newest event); what came before only teaches'),
  to: text('time', 'count pages up to this time'),
  incidents: text('file', 'a CSV of incidents that people know of: which were caught, which missed and why'),
  set: several(
    'place=value',
    'what would change with an option set, such as rules.new-error.for=10m, sinks.pager.min_severity=critical, rules.noisy=off',
  ),
  format: inputFlags.format,
  require: requireFlag('operators, sources or sinks'),
});
type Flags = z.output<typeof backtestFlags>;

/** `caducus backtest <pipeline> [files...]`: what a pipeline would have sent to people in a time that is over. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string(), files: z.array(z.string()) }),
  flags: backtestFlags,
  examples: [
    'caducus backtest radar.yaml --source store --from -30d --incidents pagerduty.csv',
    'caducus backtest radar.yaml last-month/*.log --set rules.new-error.for=10m',
    'caducus backtest ops-radar --source store --json | jq .pages',
  ],
  run: async ({ pipeline, files }, flags, context) => backtest(pipeline, files, flags, context),
});

async function backtest(name: string, files: readonly string[], flags: Flags, context: CliContext): Promise<void> {
  const found = await findPipeline(context.io, name);
  const loading = await loadContext(flags, context);
  const settings = flags.set;
  // Both are read before anything runs: what is wrong with the second is reported at once.
  const plain = await readPipeline(found.file, found.text, loading, context.io);
  const changed = settings.length === 0 ? null : await readPipeline(found.file, found.text, { ...loading, settings }, context.io);
  const history = await openHistory(plain, files, flags, context);
  const time = (flag: 'from' | 'to') =>
    flags[flag] === undefined ? null : timeArgument(flags[flag], `--${flag}`, history.newest ?? context.io.now());
  const [from, to] = [time('from'), time('to')];
  if (from !== null && to !== null && to <= from) throw new CaducusError('CAD002', { path: '--to' }, 'lies before --from');
  const incidents = flags.incidents === undefined ? [] : await incidentsIn(flags.incidents, context);
  const play = async (pipeline: typeof plain) => {
    const test = new Backtest({ incidents, rules: listRules(pipeline), from, to });
    return playHistory(pipeline, test, history, context);
  };
  const before = await play(plain);
  const after = changed === null ? null : await play(changed);
  const outcome = { ...before.result, ...(after && { would_change: { settings, ...after.result } }) };
  if (context.json) return printJson(context, { pipeline: plain.name, records: before.records, ...outcome });
  const page = { file: name, records: before.records, result: before.result, assumed: !hasSender(plain) };
  return print(context, backtestPage({ ...page, ...(after && { changed: { settings, result: after.result } }) }, pictureStyle(context)));
}

async function incidentsIn(path: string, { io, layered }: CliContext) {
  const content = await io.files.readText(path).catch((cause: unknown) => {
    throw new CaducusError('CAD002', { file: path, path: '--incidents' }, 'cannot be read', { cause });
  });
  return readIncidents(path, content, layered.settings.time_zone);
}

/** Runs a pipeline over a history. Nothing is sent and nothing kept. */
async function playHistory(
  pipeline: Pipeline,
  test: Backtest,
  { sources }: History,
  context: CliContext,
): Promise<{ records: number; result: BacktestResult }> {
  const progress = progressLine(context);
  const report = await runToEnd(backtestPipeline(pipeline, sources, { backtest: test, dataDir: context.dataDir }), {
    mode: 'once',
    io: { ...context.io, stdout: progress.stdout },
    stop: context.stop,
    progress: progress.show,
    observe: (signal) => void (signal.kind === 'blip' && test.see(signal.blip)),
  });
  await progress.clear();
  const rejected = report.rejected.reduce((sum, { count: many }) => sum + many, 0);
  if (rejected > 0)
    await tell(context, `${rejected} records could not be read: ${report.rejected[0]!.reason} (${report.rejected[0]!.example})`);
  if (report.reason === 'stopped') await tell(context, 'Stopped: only what was read until then is counted.');
  const records = report.sources.reduce((sum, { id, accepted }) => (sources.some((source) => source.id === id) ? sum + accepted : sum), 0);
  return { records, result: test.result(report) };
}
