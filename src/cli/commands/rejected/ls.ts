import { z } from 'zod';
import { count } from '../../../views/text/numbers.ts';
import { line } from '../../../views/text/line.ts';
import { reasonKinds } from '../../../views/summary/reasonKinds.ts';
import { table, type Cell } from '../../../views/text/table.ts';
import { moment, parseTime } from '../../../views/text/time.ts';
import type { RejectedRecord } from '../../../store/rejectedFiles.ts';
import { readUndelivered, type Undelivered } from '../../../store/undelivered.ts';
import { allRejected, placeText } from '../../rejected/keptRejected.ts';
import { defineCommand } from '../../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../../shared/context.ts';
import { stateFolders } from '../../shared/stateFolders.ts';
import { wholeOr } from '../../shared/flags.ts';

function countReasons(records: readonly RejectedRecord[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of records) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** Messages that sinks gave up: what was to be sent, to whom, and why it was not. */
function undeliveredLines(messages: readonly Undelivered[], all: number, view: ReturnType<typeof pictureStyle>): string[] {
  if (messages.length === 0) return [];
  const rows = messages.map(({ at, pipeline, sink, why, finding }): Cell[] => [
    moment(parseTime(at), view.timeZone),
    `${pipeline} ${sink}`,
    finding.state,
    finding.title,
    why,
  ]);
  return [
    line([{ text: 'UNDELIVERED', paint: 'bold' }, `  ${count(all)} given up`], view),
    ...table([{ head: 'at' }, { head: 'sink', max: 24 }, { head: 'state' }, { head: 'message', max: 32 }, { head: 'why' }], rows, view),
  ];
}

/** `caducus rejected ls [pipeline]`: rejected records, and messages that could not be delivered. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string().optional() }),
  flags: z.strictObject({ limit: wholeOr(20, 'at most so many of each pipeline') }),
  examples: ['caducus rejected ls', 'caducus rejected ls hdfs-radar --limit 100'],
  run: async ({ pipeline }, { limit }, context) => listRejected(pipeline, limit, context),
});

async function listRejected(pipeline: string | undefined, limit: number, context: CliContext): Promise<void> {
  const all = [...(await allRejected(context))].filter(
    ([name, records]) => records.length > 0 && (pipeline === undefined || name === pipeline),
  );
  const undelivered = (await readUndelivered(context.io.files, context.dataDir)).filter(
    (one) => pipeline === undefined || one.pipeline === pipeline,
  );
  if (context.json)
    return printJson(context, [
      ...all.map(([name, records]) => ({
        pipeline: name,
        count: records.length,
        reasons: Object.fromEntries(countReasons(records)),
        records: records.slice(-limit),
      })),
      ...undelivered.slice(-limit).map((one) => ({ undelivered: one })),
    ]);
  if (all.length + undelivered.length === 0)
    return print(context, [`Nothing was rejected${pipeline === undefined ? '' : ` by ${pipeline}`}.`]);
  const view = pictureStyle(context);
  const runs = new Set(await stateFolders(context));
  for (const [name, records] of all) {
    const rows = records
      .slice(-limit)
      .map((record): Cell[] => [
        record.id.slice(0, 6),
        record.at === null ? '-' : moment(parseTime(record.at), view.timeZone),
        placeText(record),
        record.reason,
      ]);
    const many = `${count(records.length)} rejected`;
    await print(context, [
      line(
        [
          { text: 'REJECTED', paint: 'bold' },
          `  ${name}     ${many}: ${reasonKinds(records.map(({ reason }) => ({ reason, count: 1 })))
            .slice(0, 3)
            .map(({ reason, count: n }) => `${count(n)} ${reason}`)
            .join(', ')}`,
        ],
        view,
      ),
      ...table([{ head: 'id' }, { head: 'at' }, { head: 'place', max: 32 }, { head: 'reason' }], rows, view),
      ...(rows.length < records.length
        ? [line([`${count(records.length - rows.length)} older ones: --limit ${records.length}`], view)]
        : []),
      '',
      line([{ text: nextCommands(records.at(-1)!, runs.has(name)), paint: 'dim' }], view),
    ]);
  }
  await print(context, undeliveredLines(undelivered.slice(-limit), undelivered.length, view));
}

/** What the radar of files rejected cannot be retried: no pipeline would take it. */
const nextCommands = ({ id, pipeline }: RejectedRecord, hasRun: boolean): string =>
  `caducus rejected show ${id.slice(0, 6)}${hasRun ? `      caducus rejected retry ${pipeline}` : ''}`;
