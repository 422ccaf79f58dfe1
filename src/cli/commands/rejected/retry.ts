import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { readPipeline } from '../../../pipeline/packages/readPipeline.ts';
import { openRun } from '../../../run/openRun.ts';
import { isWhole } from '../../../run/modes/retry.ts';
import { findPipeline } from '../../../pipeline/shipped.ts';
import { count } from '../../../views/text/numbers.ts';
import { readRejected, rejectedParts, removeRejected, type RejectedRecord } from '../../../store/rejectedFiles.ts';
import { defineCommand } from '../../shared/command.ts';
import { requireFlag } from '../../shared/flags.ts';
import { print, printJson, type CliContext } from '../../shared/context.ts';
import { loadContext } from '../../shared/loadContext.ts';

/**
 * `caducus rejected retry <pipeline> [ids...]`: feeds rejected records through the pipeline again, after what was wrong has
 * been mended. What is rejected once more is kept anew; nothing else moves, the sources stay where they stood.
 */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string(), ids: z.array(z.string()) }),
  flags: z.strictObject({ require: requireFlag('operators, sources or sinks') }),
  examples: ['caducus rejected retry ./radar.yaml', 'caducus rejected retry hdfs-radar k7f2 m3qd'],
  run: async ({ pipeline, ids }, { require }, context) => retryRejected(pipeline, ids, require, context),
});

async function retryRejected(name: string, ids: readonly string[], require: readonly string[], context: CliContext): Promise<void> {
  const { io, dataDir } = context;
  const { file, text } = await findPipeline(io, name);
  const pipeline = await readPipeline(file, text, await loadContext({ require }, context), context.io);
  const stop = new AbortController();
  context.stop.addEventListener('abort', () => stop.abort(), { once: true });
  let wanted: RejectedRecord[] = [];
  let whole: RejectedRecord[] = [];
  const records = async () => {
    wanted = await chooseWanted(context, pipeline.name, ids);
    return (whole = wanted.filter(isWhole));
  };
  // Stopped instead of ended: windows that are open stay open for the next run.
  const retry = { records, done: () => stop.abort() };
  const run = await openRun(pipeline, { mode: 'durable', retry, io, dataDir, stop: stop.signal });
  try {
    const report = whole.length === 0 ? null : await run.execute();
    if (!context.stop.aborted) await forget(context, pipeline.name, whole);
    const again = report?.rejected.reduce((sum, { count: many }) => sum + many, 0) ?? 0;
    const result = {
      pipeline: pipeline.name,
      retried: whole.length,
      accepted: whole.length - again,
      rejected_again: again,
      cut: wanted.length - whole.length,
    };
    if (context.json) return printJson(context, result);
    const cut = result.cut > 0 ? [`${count(result.cut)} cannot be retried: only their beginning was kept.`] : [];
    await print(context, [`${count(result.retried)} retried: ${count(result.accepted)} accepted, ${count(again)} rejected again.`, ...cut]);
  } finally {
    await run.close();
  }
}

/** The kept records with ids that begin so; all of them without ids. Throws CAD002 for an id that none has. */
async function chooseWanted(context: CliContext, pipeline: string, ids: readonly string[]): Promise<RejectedRecord[]> {
  const kept = await readKept(context, pipeline);
  const unknown = ids.find((start) => !kept.some(({ id }) => id.startsWith(start)));
  if (unknown !== undefined)
    throw new CaducusError('CAD002', {}, `no rejected record of ${pipeline} has the id "${unknown}"`, {
      hint: `caducus rejected ls ${pipeline} shows the ids.`,
    });
  return kept.filter(({ id }) => ids.length === 0 || ids.some((start) => id.startsWith(start)));
}

async function readKept({ io, dataDir }: CliContext, pipeline: string): Promise<RejectedRecord[]> {
  const records: RejectedRecord[] = [];
  for (const { path } of (await rejectedParts(io.files, dataDir)).get(pipeline) ?? [])
    records.push(...(await readRejected(io.files, path)));
  return records;
}

/** Takes the retried ones out, the oldest of each id: what was rejected anew stands behind them. */
async function forget({ io, dataDir }: CliContext, pipeline: string, retried: readonly RejectedRecord[]): Promise<void> {
  const left = new Map<string, number>();
  for (const { id } of retried) left.set(id, (left.get(id) ?? 0) + 1);
  for (const { path } of (await rejectedParts(io.files, dataDir)).get(pipeline) ?? []) {
    const here = new Map<string, number>();
    for (const { id } of await readRejected(io.files, path))
      if ((here.get(id) ?? 0) < (left.get(id) ?? 0)) here.set(id, (here.get(id) ?? 0) + 1);
    await removeRejected(io.files, path, here);
    for (const [id, many] of here) left.set(id, left.get(id)! - many);
  }
}
