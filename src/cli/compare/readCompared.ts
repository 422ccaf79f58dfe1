import type { Event } from '../../event.ts';
import { openRun } from '../../run/openRun.ts';
import type { RunReport } from '../../run/report.ts';
import { readEvents } from '../../store/reader.ts';
import { compileField } from '../../kernel/template/compileTemplate.ts';
import { groupBy } from '../../../operators/groupBy.ts';
import { openInput } from '../input/openInput.ts';
import type { InputFlags } from '../input/inputFlags.ts';
import { buildPipeline, operatorNode } from '../shared/pipelineNodes.ts';
import { progressLine } from '../shared/progressLine.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { refuseTooManyRejected } from '../../run/refuseTooManyRejected.ts';

/** Takes an event with its group and its time, milliseconds; `untimed` where nothing that is read names a time. */
export type TakeEvent = (event: Event, group: string, time: number, untimed: boolean) => void;

/** What may be read of the store: event times in milliseconds, from inclusive, to exclusive. */
interface Range {
  group?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
}

/** Reads files, or standard input, as a radar of them does, times settled and secrets masked; nothing is kept. */
export async function readFiles(paths: readonly string[], flags: InputFlags, take: TakeEvent, context: CliContext): Promise<void> {
  const input = await openInput(paths, { ...flags, window: 60_000 }, context);
  const pipeline = buildPipeline('diff', {
    sources: input.sources,
    operators: [operatorNode('group_by', groupBy, { key: flags.by })],
    sinks: [],
  });
  const progress = progressLine(context);
  const { reading } = input;
  const untimed = reading.records > 0 && reading.untimed >= reading.records;
  const run = await openRun(pipeline, {
    mode: 'once',
    io: input.io,
    stop: input.stop,
    progress: progress.show,
    observe: (signal) => {
      if (signal.kind === 'event') take(signal.event, signal.key, signal.time, untimed);
    },
  });
  const report = await run
    .execute()
    .finally(() => run.close())
    .finally(() => progress.clear());
  await reportRejected(report, context);
  refuseTooManyRejected({ file: '' }, report);
}

/** Reads the store, day by day. What cannot be read of it is counted on stderr. */
export async function readStored(range: Range, by: string, take: TakeEvent, context: CliContext): Promise<void> {
  const { io, dataDir, stop } = context;
  const readGroup = compileField(by);
  let lost = 0;
  for await (const event of readEvents(io.files, dataDir, { ...range, onProblem: () => void (lost += 1) })) {
    if (stop.aborted) break;
    const group = readGroup(event);
    if (typeof group === 'string') take(event, group, Date.parse(event.timestamp), false);
    else lost += 1;
  }
  if (lost > 0) await tell(context, `${lost} records of the store are left out: they cannot be read, or have no group by ${by}.`);
}

async function reportRejected({ rejected }: RunReport, context: CliContext): Promise<void> {
  const many = rejected.reduce((sum, { count }) => sum + count, 0);
  if (many > 0)
    await tell(
      context,
      `${many} rejected: ${rejected
        .slice(0, 3)
        .map((one) => `${one.count} ${one.reason} (${one.example})`)
        .join('; ')}`,
    );
}
