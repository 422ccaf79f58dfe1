import { runToEnd } from '../../run/openRun.ts';
import { folder } from '../../sinks/folder.ts';
import { count } from '../../views/numbers.ts';
import { file } from '../../sources/file.ts';
import type { Sink } from '../../sinks/sink.ts';
import type { Source } from '../../sources/source.ts';
import { analyzeStored } from './analyze.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { print, printJson, tell, type CliContext } from '../shared/context.ts';
import { pipelineOf, sinkNode, sourceNode } from '../shared/pipelineNodes.ts';
import type { RunReport } from '../../run/report.ts';

/** Writes the rows of a demo CSV into the store, one JSON file each. The same file again adds none. */
async function ingestFile(path: string, { io, dataDir, stop }: CliContext): Promise<RunReport> {
  const pipeline = pipelineOf('demo', {
    sources: [sourceNode('hdfs-demo', file as Source, { path, format: 'hdfs' })],
    operators: [],
    sinks: [sinkNode('store', folder as Sink, {})],
  });
  return runToEnd(pipeline, { mode: 'once', io, dataDir, stop });
}

/** `caducus demo ingest --input F` */
export const ingest: CommandBody = async (_args, flags, context) => {
  const report = await ingestFile(String(flags['input']), context);
  const [source] = report.sources;
  const added = Number(report.sinks[0]?.figures['new'] ?? 0);
  const known = Number(report.sinks[0]?.figures['there_already'] ?? 0);
  if (context.json) return printJson(context, { read: source?.read, added, known, rejected: source?.rejected });
  await print(context, [
    `${count(source?.read ?? 0)} rows: ${count(added)} added, ${count(known)} known, ${count(source?.rejected ?? 0)} rejected`,
  ]);
  return tellRejected(report, context);
};

/** `caducus demo run --input F --group-id G`: ingest, then analyze. */
export const demoRun: CommandBody = async (_args, flags, context) => {
  const report = await ingestFile(String(flags['input']), context);
  await tellRejected(report, context);
  return analyzeStored(String(flags['groupId']), context);
};

async function tellRejected({ rejected }: RunReport, context: CliContext): Promise<void> {
  for (const { reason, count: many, example } of rejected) await tell(context, `rejected ${many}: ${reason} (${example})`);
}
