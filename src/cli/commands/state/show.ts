import { fromSaved } from '../../../base/saved.ts';
import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { toIso } from '../../../event.ts';
import { stateFolder } from '../../../run/checkpoint/checkpointing.ts';
import { foldSnapshot, type SnapshotHead } from '../../../run/checkpoint/snapshot.ts';
import type { SavedInstance } from '../../../kernel/defineOperator.ts';
import { line } from '../../../views/text/line.ts';
import { bytes, count } from '../../../views/text/numbers.ts';
import { moment, parseTime } from '../../../views/text/time.ts';
import { CheckpointStore } from '../../../store/checkpoint/checkpoints.ts';
import { defineCommand } from '../../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../../shared/context.ts';
import { savedPipelines, unknownState } from '../../shared/savedPipelines.ts';

/** `caducus state show NAME`: where sources and sinks stand and what the operators hold. Exit 78 when nothing can be used. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string() }),
  examples: ['caducus state show hdfs-radar'],
  run: async ({ pipeline }, _flags, context) => showState(pipeline, context),
});

async function showState(name: string, context: CliContext): Promise<void> {
  const { io, dataDir } = context;
  const store = new CheckpointStore(io.files, stateFolder(dataDir, name));
  const kept = await store.list();
  if (kept.length === 0) throw unknownState(name, await savedPipelines(context));
  const found = await store.newest();
  if (found.checkpoint === null)
    throw new CaducusError(
      'CAD042',
      { path: name },
      `no checkpoint can be used: ${found.bad.map(({ path, reason }) => `${path}: ${reason}`).join('; ')}`,
    );
  const { checkpoint, content, lines, bad } = found;
  const { sources, operators, sinks, newest, watermark } = foldSnapshot(fromSaved<SnapshotHead>(content), lines);
  const shown = {
    pipeline: name,
    checkpoint,
    kept: kept.map(({ number }) => number),
    passed_over: bad,
    newest: newest === null ? null : toIso(newest),
    watermark: watermark === null ? null : toIso(watermark),
    sources: sources.map(({ id, read, taken, position }) => ({ id, records: read, taken, position })),
    operators: operators.map(({ id, stateVersion, state }) => {
      const { keys, folding } = fromSaved<SavedInstance>(state);
      return { id, version: stateVersion, keys: keys.length, folded: folding?.signals ?? 0, bytes: JSON.stringify(keys).length };
    }),
    sinks: sinks.map(({ id, sink, position }) => ({ id, sink, position })),
  };
  if (context.json) return printJson(context, shown);
  const style = pictureStyle(context);
  return print(context, [
    `${name}  checkpoint ${checkpoint.number}, ${bytes(checkpoint.bytes)}, written ${moment(parseTime(checkpoint.written), style.timeZone)}  (kept: ${shown.kept.join(', ')})`,
    ...bad.map(({ path, reason }) => `  passed over ${path}: ${reason}`),
    `  event time  newest ${shown.newest ?? '-'}, complete to ${shown.watermark ?? '-'}`,
    ...shown.sources.map((s) => `  source    ${s.id}: ${count(s.records)} records`),
    ...shown.operators.map(
      (o) =>
        `  operator  ${o.id}: ${count(o.keys)} keys, ${bytes(o.bytes)}${o.folded > 0 ? `; ${count(o.folded)} records of keys without a state of their own` : ''}`,
    ),
    // Those with a tilde are the program's own.
    ...shown.sinks
      .filter(({ id }) => !id.startsWith('~'))
      .map((s) => line([`  sink      ${s.id} (${s.sink}): `, s.position === null ? 'keeps no place' : JSON.stringify(s.position)], style)),
  ]);
}
