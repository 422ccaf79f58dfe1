import { CaducusError } from '../../errors.ts';
import { line } from '../../views/line.ts';
import { count } from '../../views/numbers.ts';
import { reasonKinds } from '../../views/reasonKinds.ts';
import { table, type Cell } from '../../views/table.ts';
import { moment, msOf } from '../../views/time.ts';
import { readRejected, rejectedParts, type RejectedRecord } from '../../store/rejectedFiles.ts';
import { readUndelivered, type Undelivered } from '../../store/undelivered.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import type { CommandBody } from '../shared/commandBody.ts';

/** Every rejected record that is kept, by pipeline, oldest first. */
export async function allRejected({ io, dataDir }: CliContext): Promise<Map<string, RejectedRecord[]>> {
  const all = new Map<string, RejectedRecord[]>();
  for (const [pipeline, parts] of await rejectedParts(io.files, dataDir)) {
    const records: RejectedRecord[] = [];
    for (const { path } of parts) records.push(...(await readRejected(io.files, path)));
    all.set(pipeline, records);
  }
  return all;
}

export const placeOf = ({ source, place: { file, line: at, offset } }: RejectedRecord): string =>
  `${file ?? source}${at !== undefined ? `:${at}` : offset !== undefined ? ` at byte ${offset}` : ''}`;

function reasonsOf(records: readonly RejectedRecord[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of records) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** Messages that sinks gave up: what was to be told, to whom, and why it was not. */
function undeliveredLines(messages: readonly Undelivered[], all: number, view: ReturnType<typeof pictureStyle>): string[] {
  if (messages.length === 0) return [];
  const rows = messages.map(({ at, pipeline, sink, why, finding }): Cell[] => [
    moment(msOf(at), view.timeZone),
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
export const rejectedLs: CommandBody = async ([pipeline], flags, context) => {
  const limit = Number(flags['limit']);
  if (!Number.isInteger(limit) || limit < 1) throw new CaducusError('CAD002', { path: '--limit' }, 'expected a whole number of at least 1');
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
        reasons: Object.fromEntries(reasonsOf(records)),
        records: records.slice(-limit),
      })),
      ...undelivered.slice(-limit).map((one) => ({ undelivered: one })),
    ]);
  if (all.length + undelivered.length === 0)
    return print(context, [`Nothing was rejected${pipeline === undefined ? '' : ` by ${pipeline}`}.`]);
  const view = pictureStyle(context);
  for (const [name, records] of all) {
    const rows = records
      .slice(-limit)
      .map((record): Cell[] => [
        record.id.slice(0, 6),
        record.at === null ? '-' : moment(msOf(record.at), view.timeZone),
        placeOf(record),
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
      line([{ text: `caducus rejected show ${records.at(-1)!.id.slice(0, 6)}      caducus rejected retry ${name}`, paint: 'dim' }], view),
    ]);
  }
  await print(context, undeliveredLines(undelivered.slice(-limit), undelivered.length, view));
};

/** `caducus rejected show <id>`: any beginning of an id that only one record has. */
export const rejectedShow: CommandBody = async ([wanted = ''], _flags, context) => {
  const found = new Map(
    [...(await allRejected(context)).values()]
      .flat()
      .filter(({ id }) => id.startsWith(wanted))
      .map((record) => [record.id, record]),
  );
  if (found.size !== 1) {
    const what =
      found.size === 0
        ? `no rejected record has the id "${wanted}"`
        : `${found.size} rejected records have an id that begins with "${wanted}"`;
    throw new CaducusError('CAD002', {}, what, { hint: 'caducus rejected ls shows the ids.' });
  }
  const [record] = [...found.values()] as [RejectedRecord];
  if (context.json) return printJson(context, record);
  const view = { ...pictureStyle(context), columns: 96 };
  const row = (name: string, text: string) => line([name.padEnd(10), text], view);
  await print(context, [
    row('pipeline', record.pipeline),
    row('source', record.source),
    row('at', record.at ?? '-'),
    row('place', placeOf(record)),
    row('reason', record.reason),
    '',
    ...record.original.split('\n').flatMap((text) => wrapped(text, view.columns).map((part) => line([part], view))),
  ]);
};

/** A long line in pieces, so that nothing of an original is cut off. */
function wrapped(text: string, columns: number): string[] {
  const pieces: string[] = [];
  // Characters that are shown escaped take up to ten columns.
  const most = /^[\x20-\x7e]*$/.test(text) ? columns : Math.floor(columns / 10);
  for (let at = 0; at < text.length; at += most) pieces.push(text.slice(at, at + most));
  return pieces.length > 0 ? pieces : [''];
}
