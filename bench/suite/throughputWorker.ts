/** One measurement in a process of its own: prints its seconds and its resident memory at each tenth of the input. */
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Partition } from '../../src/run/partition/partition.ts';
import type { PartitionHost } from '../../src/run/partition/partitionHost.ts';
import { wholePipeline, type WholeKind } from './wholePipeline.ts';

const [what, input, folder] = process.argv.slice(2) as [string, string, string];
const size = statSync(input).size;
const rssMiB: number[] = [];
let next = 0.1;
const sample = (share: number) => {
  if (share < next) return;
  next += 0.1;
  rssMiB.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
};

async function bare(): Promise<number> {
  let rest = '';
  let read = 0;
  let kept = 0;
  for await (const chunk of createReadStream(input, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const text = rest + String(chunk);
    read += String(chunk).length;
    let at = 0;
    for (let end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', at)) {
      kept += (JSON.parse(text.slice(at, end)) as { text: string }).text.length;
      at = end + 1;
    }
    rest = text.slice(at);
    sample(read / size);
  }
  return kept;
}

async function radar(kind: WholeKind): Promise<void> {
  const pipeline = join(folder, `${what}.yaml`);
  writeFileSync(pipeline, wholePipeline(kind, { input, output: join(folder, `${what}-${process.pid}.ndjson`) }));
  const dataDir = join(folder, `${what}-${process.pid}`);
  if (kind === 'partitions') return inPartitions(pipeline, dataDir);
  const total = Number(process.env['EVENTS'] ?? 1_000_000);
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    run(pipeline, { dataDir }).subscribe({
      next: ({ kind }) => {
        if (kind === 'event' && (seen += 1) % 10_000 === 0) sample(seen / total);
      },
      error: reject,
      complete: resolve,
    });
  });
}

/** The keyed part of the operators in 64 partitions of this thread. */
async function inPartitions(file: string, dataDir: string): Promise<void> {
  const io = nodeIo();
  const pipeline = loadPipeline(file, readFileSync(file, 'utf8'), { registry: builtins, variables: { env: {}, config: () => undefined } });
  const cut = planCut(pipeline);
  if (!isCut(cut)) throw new Error(cut.why);
  const { operator, options } = pipeline.operators.find(({ id }) => id === cut.partition)!;
  const open = () => Array.from({ length: PARTITIONS }, () => localPartition(new Host(operator.spec, options)));
  const refused = (why: string) => {
    throw new Error(why);
  };
  await new Run(pipeline, { io, dataDir, partitions: { cut, count: PARTITIONS, isLookedAt: false, open, refused } }).execute();
}

const localPartition = (host: PartitionHost): Partition => ({
  load: async (saved, now) => host.load(saved, now),
  work: async (batch) => host.work(batch),
  save: async () => host.instance.save(),
  folding: async () => host.instance.folding,
  beginCopy: (all) => host.instance.beginCopy(all),
  nextCopied: async (characters) => host.instance.nextCopied(characters),
  close: async () => undefined,
});

// The program is loaded before the clock starts: bench/startup.ts measures that. What is measured is a second more of input.
const load = async <T>(module: string) => (await import(new URL(`../../dist/src/${module}.js`, import.meta.url).href)) as T;
const { run } = await load<typeof import('../../src/index.ts')>('index');
const { Run } = await load<typeof import('../../src/run/run.ts')>('run/run');
const { PartitionHost: Host } = await load<typeof import('../../src/run/partition/partitionHost.ts')>('run/partition/partitionHost');
const { PARTITIONS } = await load<typeof import('../../src/kernel/partition.ts')>('kernel/partition');
const { isCut, planCut } = await load<typeof import('../../src/pipeline/plan.ts')>('pipeline/plan');
const { loadPipeline } = await load<typeof import('../../src/pipeline/load.ts')>('pipeline/load');
const { builtins } = await load<typeof import('../../src/pipeline/builtins.ts')>('pipeline/builtins');
const { nodeIo } = await load<typeof import('../../src/io.ts')>('io');
const began = performance.now();
const cpu = process.cpuUsage();
if (what === 'bare') await bare();
else await radar(what as WholeKind);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6, rssMiB }));
