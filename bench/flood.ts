/**
 * What a flood costs: `npm run bench:flood -- [events] [--lean]`. Prints, beside events of fifty groups with fifty patterns,
 * what as many cost of which each is a new group, or a new pattern: processor time as a ratio, and the most memory; how long
 * a following run takes to obey SIGTERM at three moments of the flood, in seconds of the clock and of the processor; what ten
 * groups in a hundred above a bound cost an event beside ten below it; and what a group with one line holds. With `--lean` the pipeline has `memory` and `rank` alone, else spikes,
 * rules and episodes, too.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memory } from '../operators/memory.ts';
import { eventSignal } from '../src/testing.ts';
import { floodStart, writeFlood, type FloodKind } from './support/floodLines.ts';
import { bundledProgram } from './support/program.ts';

const [given = '150000'] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const events = Number(given);
const isLean = process.argv.includes('--lean');
const folder = mkdtempSync(join(tmpdir(), 'caducus-flood-'));
const program = await bundledProgram('flood');

const pipeline = (input: string, options = '', { lean = isLean, follow = false } = {}): string => `name: flood
checkpoint: { every: 10s }
sources: { app: { file: { path: "${input}", format: ndjson, follow: ${follow} } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m${options} }
  - rank: { top: 8 }
${
  lean
    ? ''
    : `  - spike: { value: blip.count }
  - rules: [{ name: e, when: { state: [new, returning], min_level: error }, severity: critical }, { name: q, when: { no_data: true }, for: 5m }]
  - episodes: {}
`
}sinks: { out: { ndjson: { path: "\${config.data_dir}/radar.ndjson", select: [radar, finding] } } }
`;

interface Usage {
  /** Seconds of the processor. */
  cpu: number;
  /** MiB. */
  memory: number;
  /** Seconds from SIGTERM to the end, of the clock and of the processor; null where it ended by itself. */
  stopped: { clock: number; processor: number } | null;
}

/** Seconds of the processor that a process has used (Linux; nothing is known elsewhere). */
function processorOf(pid: number): number {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return Number.NaN;
  const fields = readFileSync(stat, 'utf8').split(') ')[1]!.split(' ');
  // Fields 14 and 15 of proc(5), in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Runs a pipeline in a process of its own; `stop`: as soon as so many bytes are written it is told to end. */
async function run(name: string, text: string, stop?: number): Promise<Usage> {
  const [file, data, usage] = [`${name}.yaml`, name, `${name}.json`].map((part) => join(folder, part)) as [string, string, string];
  writeFileSync(file, text);
  const child = spawn(process.execPath, [program, 'run', file, '--quiet', '--data-dir', data, '--fresh'], {
    env: { ...process.env, HOME: folder, CADUCUS_BENCH_USAGE: usage },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const over = new Promise<number | null>((resolve) => child.once('exit', resolve));
  while (stop !== undefined && child.exitCode === null && written(name) < stop) await wait(20);
  const [told, used] = [performance.now(), stop === undefined ? 0 : processorOf(child.pid!)];
  if (stop !== undefined) child.kill('SIGTERM');
  const exit = await over;
  const clock = (performance.now() - told) / 1000;
  if (exit !== 0) throw new Error(`${name} ended with ${exit}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  return { cpu, memory: maxRSS / 1024, stopped: stop === undefined ? null : { clock, processor: cpu - used } };
}

/** Bytes that a run has written. */
const written = (name: string): number => statSync(join(folder, name, 'radar.ndjson'), { throwIfNoEntry: false })?.size ?? 0;

/** Bytes of the heap that a group with one line holds, after its windows have closed. */
function groupBytes(groups = 5000): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const machine = memory.spec.machine(memory.spec.options.parse({ window: '1m' }));
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const held: unknown[] = Array<unknown>(groups).fill(null);
  const fill = (from: number, to: number) => {
    for (let i = from; i < to; i += 1) {
      const state = machine.start(`g${i}`);
      machine.step(
        state,
        eventSignal(`disk ${i.toString(36)}x of the archive is full`, floodStart + i, { metadata: { level: 'ERROR' } }),
        () => {},
      );
      for (let due = machine.due!(state), n = 0; due !== null && n < 3; due = machine.due!(state), n += 1)
        machine.tick!(state, due, () => {});
      held[i] = state;
    }
  };
  // The first ones warm up what all of them share.
  fill(0, 200);
  const before = used();
  fill(200, groups);
  return (used() - before) / (groups - 200);
}

try {
  const kinds: readonly FloodKind[] = ['usual', 'groups', 'templates'];
  const costs = new Map<FloodKind, Usage>();
  for (const kind of kinds) {
    const input = join(folder, `${kind}.ndjson`);
    await writeFlood(input, kind, events);
    costs.set(kind, await run(kind, pipeline(input)));
  }
  const base = costs.get('usual')!.cpu;
  for (const [kind, { cpu, memory: most }] of costs)
    console.log(
      `${events} events, ${kind.padEnd(9)} ${cpu.toFixed(1)} s of the processor, ${(cpu / base).toFixed(2)} of the usual, ${Math.round(most)} MiB`,
    );
  // Told where a third, half and four fifths of what the whole run wrote are written.
  for (const share of [0.33, 0.5, 0.8]) {
    const { stopped } = await run('stopped', pipeline(join(folder, 'groups.ndjson'), '', { follow: true }), share * written('groups'));
    const { clock, processor } = stopped!;
    console.log(
      `SIGTERM at ${share * 100} % of the flood of ${events} groups obeyed within ${clock.toFixed(1)} s (${processor.toFixed(1)} s of the processor)`,
    );
  }
  const perEvent: number[] = [];
  for (const groups of [900, 1100]) {
    const input = join(folder, `bound-${groups}.ndjson`);
    const lines = Array.from({ length: 60 * groups }, (_, i) => {
      const [window, group] = [Math.floor(i / groups), i % groups];
      const timestamp = new Date(floodStart + window * 60_000 + group * 50).toISOString();
      return JSON.stringify({ timestamp, group_id: `g${group}`, text: `request served in ${group} ms` });
    });
    writeFileSync(input, `${lines.join('\n')}\n`);
    perEvent.push((await run(`bound-${groups}`, pipeline(input, ', max_groups: 1000', { lean: true }))).cpu / lines.length);
  }
  console.log(`10 % above the bound an event costs ${(perEvent[1]! / perEvent[0]!).toFixed(2)} of what it does 10 % below`);
  console.log(`a group with one line holds ${(groupBytes() / 1000).toFixed(1)} KB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(program);
}
