import { runToEnd } from '../../run/openRun.ts';
import { folder } from '../../sinks/folder.ts';
import { file } from '../../sources/file.ts';
import type { Sink } from '../../sinks/sink.ts';
import type { Source } from '../../sources/source.ts';
import type { RunReport } from '../../run/report.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { buildPipeline, sinkNode, sourceNode } from '../shared/pipelineNodes.ts';

/** Writes the rows of a demo CSV into the store, one JSON file each. The same file again adds none. */
export async function ingestFile(path: string, { io, dataDir, stop }: CliContext): Promise<RunReport> {
  const pipeline = buildPipeline('demo', {
    sources: [sourceNode('hdfs-demo', file as Source, { path, format: 'hdfs' })],
    operators: [],
    sinks: [sinkNode('store', folder as Sink, {})],
  });
  return runToEnd(pipeline, { mode: 'once', io, dataDir, stop });
}

/** Reports on stderr what was rejected, and why. */
export async function reportRejected({ rejected }: RunReport, context: CliContext): Promise<void> {
  for (const { reason, count: many, example } of rejected) await tell(context, `rejected ${many}: ${reason} (${example})`);
}
