/**
 * What a pipeline takes: `npm run sizing -- [lines] [groups ...]`. Prints a row for each number of groups: processor time and memory of
 * a process that masks, learns, ranks, judges and stores lines of 120 bytes, and the disk that they take. Lines are read
 * from a file as fast as it goes, so that the share of a core at 1,000 lines/s follows from the processor time of each.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundledProgram } from '../bench/support/program.ts';

const [lines = 60_000, ...named] = process.argv.slice(2).map(Number);
const sizes = named.length > 0 ? named : [10, 100, 1000];
const program = await bundledProgram('sizing');
const folder = mkdtempSync(join(tmpdir(), 'caducus-sizing-'));

/** An hour of lines of so many groups, each with the same twelve patterns; what shippers would send of the first 1,000. */
async function writeLines(path: string, groups: number): Promise<{ bytes: number; sent: number }> {
  const out = createWriteStream(path);
  const sample: string[] = [];
  const start = Date.UTC(2026, 2, 14);
  let bytes = 0;
  for (let i = 0; i < lines; i += 1) {
    const time = start + Math.floor((i / lines) * 3_600_000);
    const group = `shop/service-${(i * 7919) % groups}`;
    const message = `step ${'abcdefghijkl'[(i * 31) % 12]!.repeat(3)} of request ${(i * 2654435761) % 1_000_000_007} done in ${(i * 37) % 900} ms for customer ${(i * 17) % 50_000}`;
    const line = JSON.stringify({ timestamp: new Date(time).toISOString(), group_id: group, level: 'INFO', text: message });
    bytes += message.length;
    if (sample.length < 1000) sample.push(JSON.stringify({ time: time / 1000, event: { log: message, kubernetes: { pod_name: group } } }));
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
  return { bytes, sent: gzipSync(sample.join('')).length / sample.length };
}

const sizeOf = (path: string): number =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(path, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);

console.log(
  '| groups | core at 1,000 lines/s | memory | disk of the store, a day at 1,000 lines/s | state | sent, gzip, a day at 1,000 lines/s |',
);
console.log('|---|---|---|---|---|---|');
try {
  for (const groups of sizes) {
    const input = join(folder, 'in.ndjson');
    const { sent } = await writeLines(input, groups);
    const file = join(folder, 'sizing.yaml');
    writeFileSync(
      file,
      `name: sizing
sources: { in: { file: { path: ${input}, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 5m, warmup: 10m } }, { rank: {} }, { rules: { rules: [{ name: new-error, when: { state: new, min_level: error } }] } }, { episodes: {} }]
sinks: { store: { segments: {} } }
`,
    );
    const data = join(folder, `data-${groups}`);
    const usage = join(folder, 'usage.json');
    const { status, stderr } = spawnSync(process.execPath, [program, 'run', file, '--data-dir', data, '--quiet'], {
      env: { ...process.env, CADUCUS_BENCH_USAGE: usage },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as Record<string, number>;
    const share = ((userCPUTime! + systemCPUTime!) / 1e6 / lines) * 1000;
    const [state, all] = [sizeOf(join(data, 'state')), sizeOf(data)];
    const day = (bytes: number) => `${((bytes * 86_400_000) / 1e9).toFixed(1)} GB`;
    console.log(
      `| ${groups.toLocaleString('en')} | ${(share * 100).toFixed(1)} % | ${Math.round(maxRSS! / 1024)} MiB | ${day((all - state) / lines)} | ${(state / 1e6).toFixed(1)} MB | ${day(sent)} |`,
    );
    rmSync(data, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(program);
}
