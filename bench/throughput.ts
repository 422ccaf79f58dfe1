/**
 * Events a second through file -> normalize -> group_by -> memory -> rank -> ndjson, beside a bare loop that reads the
 * same file and parses each line, in one run: `npm run bench -- [events]`. Prints ratios and the resident memory.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEvents } from './support/makeEvents.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'caducus-bench-'));
const input = join(folder, 'events.ndjson');
const worker = new URL('./support/throughputWorker.ts', import.meta.url).pathname;
const built = new URL('../dist/src/index.js', import.meta.url).pathname;
if (!existsSync(built)) throw new Error('run npm run build first: the built code is measured');

interface Measure {
  seconds: number;
  rssMiB: number[];
}

function measure(what: string): Measure {
  const child = spawnSync(process.execPath, ['--import=tsx', worker, what, input, folder], { encoding: 'utf8', maxBuffer: 1 << 24 });
  if (child.status !== 0) throw new Error(`${what}: ${child.stderr}`);
  return JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Measure;
}

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

try {
  await makeEvents(input, count);
  const runs = { bare: [] as number[], blips: [] as number[], events: [] as number[] };
  const ratios = { blips: [] as number[], events: [] as number[] };
  let peak: Measure = { seconds: 0, rssMiB: [] };
  for (let i = 0; i < 3; i += 1) {
    const bare = measure('bare').seconds;
    runs.bare.push(bare);
    for (const what of ['blips', 'events'] as const) {
      const result = measure(what);
      runs[what].push(result.seconds);
      ratios[what].push(bare / result.seconds);
      if (Math.max(...result.rssMiB) > Math.max(0, ...peak.rssMiB)) peak = result;
    }
  }
  const rate = (list: number[]) => `${Math.round(count / median(list)).toLocaleString('en-US')} events/s`;
  console.log(`${count.toLocaleString('en-US')} events, median of 3`);
  console.log(`bare read + JSON.parse    ${rate(runs.bare)}`);
  console.log(`radar, blips written      ${rate(runs.blips)}   ratio ${median(ratios.blips).toFixed(2)}`);
  console.log(`radar, events written too ${rate(runs.events)}   ratio ${median(ratios.events).toFixed(2)}`);
  console.log(`resident memory, MiB, at each tenth: ${peak.rssMiB.join(' ')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
