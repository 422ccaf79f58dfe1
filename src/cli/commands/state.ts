import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import { isoOf } from '../../event.ts';
import { clearState, stateFolder } from '../../run/checkpointing.ts';
import { foldSnapshot, type SnapshotHead } from '../../run/snapshot.ts';
import type { SavedInstance } from '../../kernel/defineOperator.ts';
import { line } from '../../views/line.ts';
import { bytes, count } from '../../views/numbers.ts';
import { table, type Cell } from '../../views/table.ts';
import { moment, msOf } from '../../views/time.ts';
import { CheckpointStore } from '../../store/checkpoint/checkpoints.ts';
import { lock, lockHolder } from '../../store/lock.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { pictureStyle, print, printJson, tell, type CliContext } from '../shared/context.ts';
import { stateFolders } from '../shared/stateFolders.ts';
import { thisProcess } from '../shared/thisProcess.ts';

/** What `state ls` tells of a pipeline. */
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

/** Pipelines that have left state in the data folder. */
async function pipelines(context: CliContext): Promise<string[]> {
  const names: string[] = [];
  for (const name of await stateFolders(context)) {
    if ((await new CheckpointStore(context.io.files, stateFolder(context.dataDir, name)).list()).length > 0) names.push(name);
  }
  return names;
}

async function rowOf(pipeline: string, { io, dataDir }: CliContext): Promise<StateRow> {
  const folder = stateFolder(dataDir, pipeline);
  const found = await new CheckpointStore(io.files, folder).newest();
  const holder = await lockHolder(io, join(folder, 'lock'), thisProcess);
  const { checkpoint } = found;
  const head = checkpoint === null ? null : (found.content as unknown as SnapshotHead);
  return {
    pipeline,
    checkpoint: checkpoint?.number ?? null,
    written: checkpoint?.written ?? null,
    bytes: checkpoint?.bytes ?? 0,
    records: head?.sources.reduce((sum, { read }) => sum + read, 0) ?? 0,
    newest: head && head.newest !== null ? isoOf(head.newest) : null,
    pid: holder?.pid ?? null,
  };
}

/** `caducus state ls`: what each pipeline would go on from. */
export const stateLs: CommandBody = async (_args, _flags, context) => {
  const rows: StateRow[] = [];
  for (const name of await pipelines(context)) rows.push(await rowOf(name, context));
  if (context.json) return printJson(context, rows);
  if (rows.length === 0) return print(context, ['No state: no pipeline has run in this data folder.']);
  const style = pictureStyle(context);
  const time = (text: string | null) => (text === null ? '-' : moment(msOf(text), style.timeZone));
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
};

/** `caducus state show NAME`: where sources and sinks stand and what the operators hold. Exit 78 when nothing can be used. */
export const stateShow: CommandBody = async ([name = ''], _flags, context) => {
  const { io, dataDir } = context;
  const store = new CheckpointStore(io.files, stateFolder(dataDir, name));
  const kept = await store.list();
  if (kept.length === 0) throw unknown(name, await pipelines(context));
  const found = await store.newest();
  if (found.checkpoint === null)
    throw new CaducusError(
      'CAD042',
      { path: name },
      `no checkpoint can be used: ${found.bad.map(({ path, reason }) => `${path}: ${reason}`).join('; ')}`,
    );
  const { checkpoint, content, lines, bad } = found;
  const { sources, operators, sinks, newest, watermark } = foldSnapshot(content as unknown as SnapshotHead, lines);
  const shown = {
    pipeline: name,
    checkpoint,
    kept: kept.map(({ number }) => number),
    passed_over: bad,
    newest: newest === null ? null : isoOf(newest),
    watermark: watermark === null ? null : isoOf(watermark),
    sources: sources.map(({ id, read, taken, position }) => ({ id, records: read, taken, position })),
    operators: operators.map(({ id, stateVersion, state }) => {
      const { keys, spilled } = state as SavedInstance;
      return { id, version: stateVersion, keys: keys.length, on_disk: spilled.length, bytes: JSON.stringify(keys).length };
    }),
    sinks: sinks.map(({ id, sink, position }) => ({ id, sink, position })),
  };
  if (context.json) return printJson(context, shown);
  const style = pictureStyle(context);
  return print(context, [
    `${name}  checkpoint ${checkpoint.number}, ${bytes(checkpoint.bytes)}, written ${moment(msOf(checkpoint.written), style.timeZone)}  (kept: ${shown.kept.join(', ')})`,
    ...bad.map(({ path, reason }) => `  passed over ${path}: ${reason}`),
    `  event time  newest ${shown.newest ?? '-'}, complete to ${shown.watermark ?? '-'}`,
    ...shown.sources.map((s) => `  source    ${s.id}: ${count(s.records)} records`),
    ...shown.operators.map((o) => `  operator  ${o.id}: ${count(o.keys)} keys in memory, ${count(o.on_disk)} on disk, ${bytes(o.bytes)}`),
    // Those with a tilde are the program's own.
    ...shown.sinks
      .filter(({ id }) => !id.startsWith('~'))
      .map((s) => line([`  sink      ${s.id} (${s.sink}): `, s.position === null ? 'keeps no place' : JSON.stringify(s.position)], style)),
  ]);
};

/** `caducus state rm NAME`: forgets what a pipeline knows; its next run starts anew. Refused while it runs (CAD041). */
export const stateRm: CommandBody = async ([name = ''], _flags, context) => {
  const { io, dataDir } = context;
  const known = await pipelines(context);
  if (!known.includes(name)) throw unknown(name, known);
  const folder = stateFolder(dataDir, name);
  const release = await lock(io, join(folder, 'lock'), thisProcess);
  try {
    const cleared = await clearState(io.files, folder);
    await tell(context, `${name}: ${count(cleared)} checkpoints removed; the next run starts anew. What the sinks wrote stays.`);
  } finally {
    await release();
  }
};

function unknown(name: string, known: readonly string[]): CaducusError {
  const hint =
    known.length > 0 ? `Pipelines with state: ${known.join(', ')}.` : 'No pipeline has run in this data folder; --data-dir names another.';
  return new CaducusError('CAD040', {}, `no state of a pipeline "${name}"`, { hint });
}
