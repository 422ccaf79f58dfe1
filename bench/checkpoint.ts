/**
 * What checkpoints cost where many groups are held: the longest time they keep the run waiting, their size, and the speed
 * beside the same run without them: `node --import=tsx bench/checkpoint.ts [events] [groups] [every]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measuredRun } from './support/measuredRun.ts';

const [events = 200_000, groups = 10_000, every = 20_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'caducus-checkpoint-'));
const text = `name: bench
checkpoint: { events: ${every}, every: 1h }
sources: { in: { made: { events: ${events}, groups: ${groups}, per_second: 2000 } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: { top: 8 }
sinks:
  out: { ndjson: { path: "\${config.data_dir}/out.ndjson", select: [event, radar] } }
`;

try {
  const sizes: number[] = [];
  const took: number[] = [];
  const began = performance.now();
  const plain = await measuredRun(text, { dataDir: join(folder, 'plain'), checkpointed: false });
  const plainTook = performance.now() - began;
  const report = await measuredRun(text, {
    dataDir: join(folder, 'checked'),
    written: ({ bytes }, ms) => {
      sizes.push(bytes);
      took.push(ms);
    },
  });
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const largest = Math.max(...sizes);
  console.log(`${events} events, ${groups} groups, a checkpoint every ${every}`);
  console.log(
    `checkpoints ${sizes.length}, largest ${mib(largest)} MiB, each written within ${Math.round(Math.max(...took))} ms beside the run`,
  );
  console.log(`longest pause ${report.longestPause?.toFixed(1)} ms`);
  console.log(
    `speed ${(plainTook / report.took).toFixed(2)} of the run without checkpoints (${Math.round((events / plain.took) * 1000)} events/s)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
