import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineKinds } from './lineKinds.ts';
import { makeEvents } from '../support/makeEvents.ts';
import { median, timedProgram, type Timed } from '../support/timedProgram.ts';
import { wholePipeline, type WholeKind } from './wholePipeline.ts';

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

type Measure = Pick<Timed, 'seconds' | 'cpuSeconds'> & { rssMiB: number[] };

const worker = new URL('./throughputWorker.ts', import.meta.url).pathname;
const built = new URL('../../dist/bin/caducus.js', import.meta.url).pathname;

const names = {
  bare: 'plain loop: read, cut into lines, JSON.parse',
  blips: 'whole radar of canonical NDJSON, blips and radars written',
  events: 'the same, every event written too',
  checkpoints: 'the same without events, a checkpoint a second',
  partitions: 'the same in 64 partitions of one thread',
  lines: 'whole radar of raw HDFS lines',
  one: 'the program, from its start: `run` of canonical NDJSON in one thread',
  two: 'the same with `--workers 2`',
  linesOne: 'the program: `run` of raw HDFS lines in one thread',
  linesTwo: 'the same with `--workers 2`',
} as const;
type What = keyof typeof names;
/** What is measured as the program does it, as a process from its start to its end. */
const programs: Partial<Record<What, { kind: WholeKind; args: readonly string[] }>> = {
  one: { kind: 'blips', args: [] },
  two: { kind: 'blips', args: ['--workers', '2'] },
  linesOne: { kind: 'lines', args: [] },
  linesTwo: { kind: 'lines', args: ['--workers', '2'] },
};

function measureProgram({ kind, args }: { kind: WholeKind; args: readonly string[] }, input: string, folder: string): Measure {
  const work = mkdtempSync(join(folder, 'program-'));
  const file = join(work, 'bench.yaml');
  writeFileSync(file, wholePipeline(kind, { input, output: join(work, 'out.ndjson') }));
  const { rssMiB, ...times } = timedProgram(built, ['run', file, '--quiet', '--data-dir', join(work, 'data'), ...args], work);
  rmSync(work, { recursive: true });
  return { ...times, rssMiB: [rssMiB] };
}

function measure(what: What, input: string, folder: string): Measure {
  const program = programs[what];
  if (program) return measureProgram(program, input, folder);
  const child = spawnSync(process.execPath, ['--import=tsx', worker, what, input, folder], { encoding: 'utf8', maxBuffer: 1 << 24 });
  if (child.status !== 0) throw new Error(`${what}: ${child.stderr}`);
  return JSON.parse(child.stdout.trim().split('\n').at(-1)!) as Measure;
}

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
        all.set(what, [...(all.get(what) ?? []), measure(what, what.startsWith('lines') ? raw : input, folder)]);
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
