import { parseDuration, parseSize } from '../../../config/scalars.ts';
import type { Settings } from '../../../config/schema.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import type { RunReport } from '../../run/report.ts';
import { runToEnd } from '../../run/openRun.ts';
import { segments } from '../../sinks/segments.ts';
import type { Signal } from '../../signal.ts';
import { drainTimeout, tell, type CliContext } from '../shared/context.ts';
import { buildPipeline, sinkNode } from '../shared/pipelineNodes.ts';

/** The name of the state a collector has of its own, so that adding one, or the failure of one, disturbs no other. */
export const collectorState = (id: string): string => `collect-${id}`;

export interface CollectOptions {
  dryRun: boolean;
  see(signal: Signal): void;
}

/** How much a collector keeps of what it stores. */
const readRetention = ({ retention_max_age: age, retention_max_bytes: bytes }: Settings) => ({
  ...(age !== '' && { maxAge: parseDuration(age)! }),
  ...(bytes !== '' && { maxBytes: parseSize(String(bytes))! }),
});

/** Runs one collector into the store, from its last checkpoint on. Rejects with a CaducusError when it cannot go on. */
export async function collectOne(node: SourceNode, context: CliContext, { dryRun, see }: CollectOptions): Promise<RunReport> {
  const { io, dataDir, stop, layered } = context;
  const sinks = [sinkNode('store', segments, { retention: readRetention(layered.settings) })];
  const pipeline = buildPipeline(collectorState(node.id), { sources: [node], operators: [], sinks });
  return runToEnd(pipeline, {
    mode: dryRun ? 'dry' : 'durable',
    io,
    dataDir,
    stop,
    drainTimeout: drainTimeout(context),
    observe: see,
    restored: (_, bad) => {
      for (const { path, reason } of bad) void tell(context, `${node.id}: passed over ${path}: ${reason}`);
    },
  });
}
