/** One run in a process of its own: prints its seconds and what its embedder did. Arguments: input, folder, embedder as YAML. */
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { nodeIo } from '../../src/io.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { Run } from '../../src/run/run.ts';

const [input = '', folder = '', embedder = 'lexical'] = process.argv.slice(2);
const text = `name: bench
sources: { in: { file: { path: "${input}", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, embedder: ${embedder} }
  - rank: { top: 8 }
sinks:
  out: { ndjson: { path: "${join(folder, 'out.ndjson')}", select: [radar] } }
`;
const pipeline = loadPipeline('bench.yaml', text, { registry: builtins, variables: { env: {}, config: () => undefined } });
const io = nodeIo();
const began = performance.now();
const before = cpuUsage();
const report = await new Run(pipeline, { io, dataDir: folder }).execute();
const { user, system } = cpuUsage(before);
const [counters = null] = report.embedders ?? [];
process.stdout.write(
  `${JSON.stringify({ seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, patterns: report.patterns, counters })}\n`,
);
process.exit(0);
