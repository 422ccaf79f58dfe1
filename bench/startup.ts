/**
 * How long the program takes to start, whole processes, as ratios to a bare `node -e 0` measured in the same run:
 * `caducus --version` should stay within 1.5 times, `caducus validate` within 3 times. Build first.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const bin = 'dist/bin/caducus.js';
const rounds = Number(process.argv[2] ?? 21);
if (!existsSync(bin)) throw new Error(`${bin} is not there: npm run build`);

const commands: Record<string, string[]> = {
  'node -e 0': ['-e', '0'],
  'caducus --version': [bin, '--version'],
  'caducus --help': [bin, '--help'],
  'caducus validate pipelines/hdfs-radar.yaml': [bin, 'validate', 'pipelines/hdfs-radar.yaml'],
};

/** Milliseconds of one whole process. */
function once(args: string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${String(stderr)}`);
  return performance.now() - began;
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

// Turn by turn, so that what else the machine does falls on all of them alike. The first turn warms the disk's cache.
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as number[]]));
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, args] of Object.entries(commands)) {
    const took = once(args);
    if (round > 0) times[name]!.push(took);
  }
}
const base = median(times['node -e 0']!);
const result = Object.fromEntries(
  Object.entries(times).map(([name, list]) => [
    name,
    { ms: Number(median(list).toFixed(1)), ratio: Number((median(list) / base).toFixed(2)) },
  ]),
);
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else
  for (const [name, { ms, ratio }] of Object.entries(result))
    console.log(`${name.padEnd(44)} ${ms.toFixed(1).padStart(7)} ms  ${ratio.toFixed(2)} x`);
