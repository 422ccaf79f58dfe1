import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineKinds } from './lineKinds.ts';
import { makeEvents } from '../support/makeEvents.ts';

export interface EndToEnd {
  name: string;
  /** Events a second by the clock on the wall, and beside the plain loop: 1 is as fast. Medians. */
  perSecond: number;
  ratio: number;
  /** The same by processor time, in which other work on the machine counts less. */
  cpuRatio: number;
  /** Most resident memory, MiB. */
  rssMiB: number;
}

interface Measure {
  seconds: number;
  cpuSeconds: number;
  rssMiB: number[];
}

const worker = new URL('./throughputWorker.ts', import.meta.url).pathname;
const built = new URL('../../dist/src/index.js', import.meta.url).pathname;

const names = {
  bare: 'plain loop: read, cut into lines, JSON.parse',
  blips: 'whole radar of canonical NDJSON, blips and radars written',
  events: 'the same, every event written too',
  checkpoints: 'the same without events, a checkpoint a second',
  lines: 'whole radar of raw HDFS lines',
} as const;
type What = keyof typeof names;

function measure(what: What, input: string, folder: string): Measure {
  const child = spawnSync(process.execPath, ['--import=tsx', worker, what, input, folder], { encoding: 'utf8', maxBuffer: 1 << 24 });
  if (child.status !== 0) throw new Error(`${what}: ${child.stderr}`);
  return JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Measure;
}

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

/** Whole runs of the built library over files, each in a process of its own, in turn with a plain loop over the same file. */
export async function endToEnd(count: number, rounds: number): Promise<EndToEnd[]> {
  if (!existsSync(built)) throw new Error('run npm run build first: the built code is measured');
  const folder = mkdtempSync(join(tmpdir(), 'caducus-bench-'));
  const input = join(folder, 'events.ndjson');
  const raw = join(folder, 'hdfs.log');
  try {
    await makeEvents(input, count);
    writeFileSync(raw, Array.from({ length: count }, (_, i) => `${lineKinds['HDFS lines']!.line(i)}\n`).join(''));
    const all = new Map<What, Measure[]>();
    for (let round = 0; round < rounds; round += 1)
      for (const what of Object.keys(names) as What[])
        all.set(what, [...(all.get(what) ?? []), measure(what, what === 'lines' ? raw : input, folder)]);
    const bare = all.get('bare')!;
    return Array.from(all, ([what, measures]) => ({
      name: names[what],
      perSecond: Math.round(count / median(measures.map(({ seconds }) => seconds))),
      ratio: Number(median(measures.map(({ seconds }, i) => bare[i]!.seconds / seconds)).toFixed(2)),
      cpuRatio: Number(median(measures.map(({ cpuSeconds }, i) => bare[i]!.cpuSeconds / cpuSeconds)).toFixed(2)),
      rssMiB: Math.max(0, ...measures.flatMap(({ rssMiB }) => rssMiB)),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
