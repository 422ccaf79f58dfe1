import { fromSaved } from '../../../base/saved.ts';
import { join } from 'node:path';
import { toIso } from '../../../event.ts';
import { stateFolder } from '../../../run/checkpoint/checkpointing.ts';
import type { SnapshotHead } from '../../../run/checkpoint/snapshot.ts';
import { bytes, count } from '../../../views/text/numbers.ts';
import { table, type Cell } from '../../../views/text/table.ts';
import { moment, parseTime } from '../../../views/text/time.ts';
import { CheckpointStore } from '../../../store/checkpoint/checkpoints.ts';
import { lockHolder } from '../../../store/lock.ts';
import { defineCommand } from '../../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../../shared/context.ts';
import { savedPipelines } from '../../shared/savedPipelines.ts';
import { thisProcess } from '../../../io.ts';

/** What `state ls` shows of a pipeline. */
interface StateRow {
  pipeline: string;
  /** Number of the checkpoint the next run goes on from; null when none can be used. */
  checkpoint: number | null;
  /** When it was written, ISO 8601 UTC. */
  written: string | null;
  bytes: number;
  /** Records taken since the pipeline first ran. */
  records: number;
  /** Newest event time, ISO 8601 UTC. */
  newest: string | null;
  /** The process that runs it; null when none does. */
  pid: number | null;
}

async function readState(pipeline: string, { io, dataDir }: CliContext): Promise<StateRow> {
  const folder = stateFolder(dataDir, pipeline);
  const found = await new CheckpointStore(io.files, folder).newest();
  const holder = await lockHolder(io, join(folder, 'lock'), thisProcess);
  const { checkpoint } = found;
  const head = checkpoint === null ? null : fromSaved<SnapshotHead>(found.content);
  return {
    pipeline,
    checkpoint: checkpoint?.number ?? null,
    written: checkpoint?.written ?? null,
    bytes: checkpoint?.bytes ?? 0,
    records: head?.sources.reduce((sum, { read }) => sum + read, 0) ?? 0,
    newest: head && head.newest !== null ? toIso(head.newest) : null,
    pid: holder?.pid ?? null,
  };
}

/** `caducus state ls`: what each pipeline would go on from. */
export const command = defineCommand({
  examples: ['caducus state ls', 'caducus state ls --json'],
  run: async (_args, _flags, context) => listStates(context),
});

async function listStates(context: CliContext): Promise<void> {
  const rows: StateRow[] = [];
  for (const name of await savedPipelines(context)) rows.push(await readState(name, context));
  if (context.json) return printJson(context, rows);
  if (rows.length === 0) return print(context, ['No state: no pipeline has run in this data folder.']);
  const style = pictureStyle(context);
  const time = (text: string | null) => (text === null ? '-' : moment(parseTime(text), style.timeZone));
  const cells = rows.map((row): Cell[] => [
    row.checkpoint === null ? 'broken' : String(row.checkpoint),
    time(row.written),
    bytes(row.bytes),
    count(row.records),
    time(row.newest),
    row.pid === null ? '-' : String(row.pid),
    row.pipeline,
  ]);
  const columns = [
    { head: 'checkpoint', align: 'right' as const },
    { head: 'written' },
    { head: 'size', align: 'right' as const },
    { head: 'records', align: 'right' as const },
    { head: 'newest event' },
    { head: 'process', align: 'right' as const },
    { head: 'pipeline' },
  ];
  return print(context, table(columns, cells, style));
}
