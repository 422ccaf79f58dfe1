/**
 * What it costs a run at full speed to be looked at:
 * `npm run bench:web -- [--events 400000] [--rounds 3] [--only readers|tap]`.
 * In turn, the same file is run alone, with 32 readers of its stream of which one never reads, and with `caducus tap` at its
 * busiest point. Prints paired ratios of pace, by processor time and by the clock, and how the resident memory of the run
 * moved. Bars: .95 with readers, .97 with a tap, memory flat.
 * `npm run bench:web -- --minutes 10`: one run that goes on, with the readers for so long, and alone before and after it; two
 * million events a minute, 200 bytes each, lie on disk meanwhile.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeEvents } from './support/makeEvents.ts';
import { bundledProgram } from './support/program.ts';
import { watchLong } from './support/web/watchLong.ts';
import { findAddress, median, readStream, residentMiB, type Taken } from './support/web/watchedRun.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    minutes: { type: 'string' },
  },
});
const [events, rounds] = [Number(values.events), Number(values.rounds)];
const readers = 32;
const folder = mkdtempSync(join(tmpdir(), 'caducus-web-'));
const program = await bundledProgram('web');
const all = ['alone', 'readers', 'tap'] as const;
type Kind = (typeof all)[number];
const kinds = all.filter((kind) => values.only === undefined || kind === 'alone' || kind === values.only);

interface Run {
  cpuSeconds: number;
  seconds: number;
  /** Resident memory of the run, sampled, MiB. */
  rss: number[];
  /** What the readers took; of a tap the lines that it printed. */
  taken: Taken;
  lines: number;
}

const pipeline = join(folder, 'bench.yaml');
writeFileSync(
  pipeline,
  `name: bench-web
sources:
  in: { file: { path: ${join(folder, 'events.ndjson')} } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 5s }
  - rank: { top: 20 }
sinks:
  out: { ndjson: { path: ${join(folder, 'out.ndjson')}, select: [radar] } }
`,
);

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
}

async function measure(kind: Kind, round: number): Promise<Run> {
  const usage = join(folder, 'usage.json');
  const dataDir = join(folder, `data-${kind}-${round}`);
  const run: Run = { cpuSeconds: 0, seconds: 0, rss: [], taken: { bytes: 0, boards: 0 }, lines: 0 };
  const began = performance.now();
  const child = start(['run', pipeline, '--fresh', '--data-dir', dataDir, '--http', '127.0.0.1:0'], { CADUCUS_BENCH_USAGE: usage });
  child.stdout!.resume();
  const over = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const timer = setInterval(() => {
    const now = residentMiB(child.pid!);
    if (now !== null) run.rss.push(now);
  }, 200);
  const address = await findAddress(child);
  let tap: ChildProcess | null = null;
  if (kind === 'readers') for (let i = 0; i < readers; i += 1) readStream(address, i === 0, run.taken);
  if (kind === 'tap') {
    tap = start(['tap', 'bench-web.normalize', '--json', '--data-dir', dataDir]);
    tap.stderr!.resume();
    tap.stdout!.on('data', (chunk: Buffer) => (run.lines += chunk.toString().split('\n').length - 1));
  }
  const exit = await over;
  run.seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  tap?.kill();
  if (exit !== 0) throw new Error(`${kind}: exit ${exit}`);
  const { userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
  run.cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  rmSync(dataDir, { recursive: true, force: true });
  return run;
}

const most = (list: readonly number[]) => Math.max(0, ...list);

try {
  if (values.minutes !== undefined) {
    const minutes = Number(values.minutes);
    if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes}: not a number above 0`);
    console.log((await watchLong({ program, folder, minutes, readers })).join('\n'));
  } else await takeTurns();
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(program, { force: true });
}

async function takeTurns(): Promise<void> {
  await makeEvents(join(folder, 'events.ndjson'), events);
  const runs: Record<Kind, Run[]> = { alone: [], readers: [], tap: [] };
  // Turn by turn, each first in its turn: what else the machine does falls on all alike.
  for (let round = 0; round < rounds; round += 1)
    for (let i = 0; i < kinds.length; i += 1) {
      const kind = kinds[(i + round) % kinds.length]!;
      runs[kind].push(await measure(kind, round));
    }
  const { alone } = runs;
  console.log(
    `${events} events, ${rounds} rounds; alone ${median(alone.map(({ seconds }) => seconds)).toFixed(1)} s, ${median(alone.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1)} s of processor time`,
  );
  for (const kind of kinds.filter((one) => one !== 'alone')) {
    const pairs = runs[kind].map((run, i) => ({ cpu: alone[i]!.cpuSeconds / run.cpuSeconds, wall: alone[i]!.seconds / run.seconds, run }));
    const list = (name: 'cpu' | 'wall') =>
      `${median(pairs.map((one) => one[name])).toFixed(2)} (${pairs.map((one) => one[name].toFixed(2)).join(' ')})`;
    console.log(
      `${kind.padEnd(8)} pace by processor time ${list('cpu')}, by the clock ${list('wall')}; bar ${kind === 'tap' ? '.97' : '.95'}`,
    );
    console.log(
      kind === 'tap'
        ? `         ${median(pairs.map(({ run }) => run.lines))} lines came through the tap`
        : `         ${(median(pairs.map(({ run }) => run.taken.bytes)) / 2 ** 20).toFixed(1)} MiB sent, ${median(pairs.map(({ run }) => run.taken.boards))} boards to ${readers - 1} readers, one never read`,
    );
  }
  for (const kind of kinds) {
    const halves = runs[kind].map(({ rss }) => [most(rss.slice(0, Math.ceil(rss.length / 2))), most(rss)] as const);
    console.log(
      `memory   ${kind.padEnd(8)} ${halves.map(([first, whole]) => `${Math.round(first)} -> ${Math.round(whole)}`).join(', ')} MiB: most in the first half, most in all`,
    );
  }
}
