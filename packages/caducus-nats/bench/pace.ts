/**
 * What a pipeline costs on an engine, beside the same run without one: `npm run bench:nats-pace -- [events] [rounds]`. Whole
 * processes over a file: alone; one worker on a nats-server of its own; two. Each kind runs in turn, so that other work on the
 * machine falls on all, and once with few events, whose time and processor time (the start) are taken off. Prints pace, and
 * microseconds of processor time an event, of the processes together and of the server.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { makeEvents } from '../../../bench/support/makeEvents.ts';
import { EngineCluster } from '../test/support/engineCluster.ts';
import { NatsServer } from '../test/support/natsServer.ts';

const events = Number(process.argv[2] ?? 300_000);
const rounds = Number(process.argv[3] ?? 3);
/** What a worker is to have of the pace without an engine, while that is no more than so many events a second. */
const bar = { ratio: 0.9, upTo: 60_000, server: 2.5 };
const few = 2_000;

const server = await NatsServer.start();
const input = { all: server.file('all.ndjson'), few: server.file('few.ndjson') };
await makeEvents(input.all, events);
await makeEvents(input.few, few);

interface Cost {
  /** Seconds. */
  took: number;
  /** Seconds of processor time: of the processes, and of the server. */
  here: number;
  there: number;
}

/** Processor time of a process, or of the children of this one that have ended, seconds. */
function processorTime(pid: number | 'ended'): number {
  const fields = readFileSync(`/proc/${pid === 'ended' ? 'self' : pid}/stat`, 'utf8')
    .split(') ')[1]!
    .split(' ');
  const [user, system] = pid === 'ended' ? [13, 14] : [11, 12];
  return (Number(fields[user]) + Number(fields[system])) / 100;
}

let runs = 0;
async function run(workers: number, path: string): Promise<Cost> {
  runs += 1;
  const folder = server.file(`run-${runs}`);
  mkdirSync(folder);
  const cluster = new EngineCluster(
    folder,
    `name: bench-${runs}
sources: { in: { file: { path: "${path}", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
  - rules: { rules: [{ name: new-error, when: { state: new, min_level: error } }] }
  - episodes: {}
sinks: { out: { ndjson: { path: "${folder}/out.ndjson", select: [blip, radar, finding] } } }
`,
  );
  const before = { at: performance.now(), here: processorTime('ended'), there: processorTime(server.pid) };
  const all = Array.from({ length: Math.max(1, workers) }, () => cluster.start(workers === 0 ? undefined : server.url));
  for (const { ended } of all) {
    const { code, text } = await ended;
    if (code !== 0) throw new Error(text);
  }
  const took = (performance.now() - before.at) / 1_000;
  rmSync(folder, { recursive: true });
  return { took, here: processorTime('ended') - before.here, there: processorTime(server.pid) - before.there };
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

const kinds = ['without an engine', 'one worker', 'two workers'];
const starts: Cost[] = [];
for (const workers of kinds.keys()) starts.push(await run(workers, input.few));
const costs: Cost[][] = kinds.map(() => []);
for (let round = 0; round < rounds; round += 1) for (const [workers, own] of costs.entries()) own.push(await run(workers, input.all));

const each = costs.map((own, i) => {
  const net = (what: keyof Cost) => Math.max(0.01, median(own.map((cost) => cost[what])) - starts[i]![what]);
  const perEvent = (seconds: number) => (seconds * 1e6) / (events - few);
  return { pace: (events - few) / net('took'), here: perEvent(net('here')), there: perEvent(net('there')) };
});
console.log(`${events} events, ${rounds} rounds, medians, ${availableParallelism()} processors`);
for (const [i, { pace, here, there }] of each.entries())
  console.log(
    `${kinds[i]!.padEnd(18)} ${String(Math.round(pace)).padStart(8)} events/s  processor time an event: processes ${here.toFixed(2)} us, server ${there.toFixed(2)} us`,
  );
const [alone, one, two] = each as [(typeof each)[0], (typeof each)[0], (typeof each)[0]];
const wanted = Math.min(alone.pace, bar.upTo);
console.log(
  `one worker has ${(one.pace / wanted).toFixed(2)} of ${Math.round(wanted)} events/s (bar ${bar.ratio}); two ${(two.pace / wanted).toFixed(2)}`,
);
console.log(
  `by processor time one worker has ${(alone.here / one.here).toFixed(2)} of the pace; the server takes ${one.there.toFixed(2)} us an event (bar ${bar.server})`,
);
await server.stop();
