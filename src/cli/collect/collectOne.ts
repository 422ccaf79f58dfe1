import { join } from 'node:path';
import { parseDuration, parseSize } from '../../../config/scalars.ts';
import type { Settings } from '../../../config/schema.ts';
import { Checkpointing, stateFolder } from '../../run/checkpointing.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { dryCheckpoints, withoutCommits } from '../../run/dryRun.ts';
import type { RunReport } from '../../run/report.ts';
import { Run } from '../../run/run.ts';
import { withRejectedLog } from '../../run/withRejectedLog.ts';
import type { Sink } from '../../sinks/sink.ts';
import { segments } from '../../sinks/segments.ts';
import type { Signal } from '../../signal.ts';
import { lock } from '../../store/lock.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { pipelineOf, sinkNode } from '../shared/pipelineNodes.ts';
import { thisProcess } from '../shared/thisProcess.ts';

/** The name of the state a collector has of its own, so that adding one, or the failure of one, disturbs no other. */
export const stateOf = (id: string): string => `collect-${id}`;

export interface CollectOptions {
  dryRun: boolean;
  see(signal: Signal): void;
}

/** How much a collector keeps of what it stores. */
const retentionOf = ({ retention_max_age: age, retention_max_bytes: bytes }: Settings) => ({
  ...(age !== '' && { maxAge: parseDuration(age)! }),
  ...(bytes !== '' && { maxBytes: parseSize(String(bytes))! }),
});

/** Runs one collector into the store, from its last checkpoint on. Rejects with a CaducusError when it cannot go on. */
export async function collectOne(node: SourceNode, context: CliContext, { dryRun, see }: CollectOptions): Promise<RunReport> {
  const { io, dataDir, stop, layered } = context;
  const sinks = dryRun ? [] : [sinkNode('store', segments as unknown as Sink, { retention: retentionOf(layered.settings) })];
  const plain = pipelineOf(stateOf(node.id), { sources: [node], operators: [], sinks });
  const pipeline = dryRun ? withoutCommits(plain) : withRejectedLog(plain);
  const release = await lock(io, join(stateFolder(dataDir, pipeline.name), 'lock'), thisProcess);
  try {
    const kept = new Checkpointing(pipeline, {
      io,
      dataDir,
      restored: (_, bad) => {
        for (const { path, reason } of bad) void tell(context, `${node.id}: passed over ${path}: ${reason}`);
      },
    });
    const checkpoints = dryRun ? dryCheckpoints(kept) : kept;
    const drainTimeout = parseDuration(layered.settings.drain_timeout) ?? 30_000;
    return await new Run(pipeline, { io, dataDir, stop, drainTimeout, checkpoints, observe: see }).execute();
  } finally {
    await release();
  }
}
