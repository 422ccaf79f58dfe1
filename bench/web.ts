/**
 * What it costs a run at full speed to be looked at:
 * `npm run bench:web -- [--events 400000] [--rounds 3] [--only readers|tap]`.
 * In turn, the same file is run alone, with 32 readers of its stream of which one never reads, and with `caducus tap` at its
 * busiest point. Prints paired ratios of pace, by processor time and by the clock, and how the resident memory of the run
 * moved. Bars: .95 with readers, .97 with a tap, memory flat. Ten minutes of it take about twenty million events and four
 * gigabytes of disk.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeEvents } from './support/makeEvents.ts';
import { bundledProgram } from './support/program.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
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
  /** Bytes that the readers took, boards that they were sent; lines that the tap printed. */
  taken: number;
  boards: number;
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

/** Resolves to the address of the page, once the run tells it. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', () => reject(new Error(said)));
  });

/** Reads the stream until it ends; one that never reads takes the head of the answer alone. */
function read(address: string, idle: boolean, run: Run): void {
  get(`${address}api/stream`, (answer: IncomingMessage) => {
    if (idle) return void answer.pause();
    answer.on('data', (chunk: Buffer) => {
      run.taken += chunk.length;
      if (chunk.includes('event: radar')) run.boards += 1;
    });
    // It ends with the run.
    answer.on('error', () => undefined);
  }).on('error', () => undefined);
}

function residentMiB(pid: number): number | null {
  try {
    // One that has just ended has none any more.
    const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}

async function measure(kind: Kind, round: number): Promise<Run> {
  const usage = join(folder, 'usage.json');
  const dataDir = join(folder, `data-${kind}-${round}`);
  const run: Run = { cpuSeconds: 0, seconds: 0, rss: [], taken: 0, boards: 0 };
  const began = performance.now();
  const child = start(['run', pipeline, '--fresh', '--data-dir', dataDir, '--http', '127.0.0.1:0'], { CADUCUS_BENCH_USAGE: usage });
  child.stdout!.resume();
  const over = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const timer = setInterval(() => {
    const now = residentMiB(child.pid!);
    if (now !== null) run.rss.push(now);
  }, 200);
  const address = await addressOf(child);
  let tap: ChildProcess | null = null;
  if (kind === 'readers') for (let i = 0; i < readers; i += 1) read(address, i === 0, run);
  if (kind === 'tap') {
    tap = start(['tap', 'bench-web.normalize', '--json', '--data-dir', dataDir]);
    tap.stderr!.resume();
    tap.stdout!.on('data', (chunk: Buffer) => (run.taken += chunk.toString().split('\n').length - 1));
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

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
const most = (list: readonly number[]) => Math.max(0, ...list);

try {
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
    const taken = median(pairs.map(({ run }) => run.taken));
    console.log(
      kind === 'tap'
        ? `         ${taken} lines came through the tap`
        : `         ${(taken / 2 ** 20).toFixed(1)} MiB sent, ${median(pairs.map(({ run }) => run.boards))} boards to ${readers - 1} readers, one never read`,
    );
  }
  for (const kind of kinds) {
    const halves = runs[kind].map(({ rss }) => [most(rss.slice(0, Math.ceil(rss.length / 2))), most(rss)] as const);
    console.log(
      `memory   ${kind.padEnd(8)} ${halves.map(([first, whole]) => `${Math.round(first)} -> ${Math.round(whole)}`).join(', ')} MiB: most in the first half, most in all`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(program, { force: true });
}
