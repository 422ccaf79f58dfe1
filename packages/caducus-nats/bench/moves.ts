/**
 * How long work takes to move: `npm run bench:nats-moves -- [MiB] [rounds]`. A partition with a state of that size is let go by
 * one worker and taken up by another, over a nats-server of its own, until its first output; a worker joins an idle cluster of
 * real processes, until it holds partitions.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { nodeIo } from 'caducus';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { encodeWork } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { runPartition } from '../../../src/engine/roles/partition.ts';
import { readText } from '../../../test/support/engine/machines.ts';
import { eventAt } from '../../../test/support/fakes.ts';
import { EngineCluster } from '../test/support/engineCluster.ts';
import { NatsServer } from '../test/support/natsServer.ts';
import { OpenEngines } from '../test/support/openEngines.ts';

const size = Number(process.argv[2] ?? 20);
const rounds = Number(process.argv[3] ?? 3);
/** Seconds that either may take. */
const bar = 5;
const perMessage = 1_000;
const { sleep } = nodeIo();

const server = await NatsServer.start();
const engines = new OpenEngines();
const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(2);
/** Processor time of this process since then, seconds: all that moves a state but the server. */
function processorTime(since: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(since);
  return ((user + system) / 1e6).toFixed(2);
}

const { operators } = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ memory: { window: 1h, max_bytes: 8GiB } }]`);
const node = operators[0]!;

/** Work on some keys, each with a line of its own. */
function work(message: number, keys: number): Uint8Array {
  const time = message * 1_000;
  const signals = Array.from({ length: perMessage }, (_, i) => {
    const key = `group-${(message * perMessage + i) % keys}`;
    return { ...eventAt(time, `request ${i} of ${key} took ${message} ms at step ${i % 7}`), key };
  });
  const before = Float64Array.from(signals, (signal) => signal.time);
  return encodeWork({ signals, records: Int32Array.from(signals.keys()), before, behind: time });
}

/** As many keys as make a state of that size. */
function findKeys(): number {
  const stage = new PartitionStage(node);
  stage.load(null);
  for (let n = 1; n <= 4; n += 1) stage.step(work(n, 1_000), n);
  return Math.ceil((size * 2 ** 20) / (stage.save(true).length / 1_000) / perMessage) * perMessage;
}

async function moveState(): Promise<void> {
  const keys = findKeys();
  const [one, other, desk] = [await engines.open(server.url), await engines.open(server.url), await engines.open(server.url)];
  const log = await NumberedLog.open(desk, 'in.0');
  let [n, worker] = [0, 0];
  const append = async (most = keys) => log.append((n += 1), work(n, most));
  const start = (transport: typeof one) => {
    const stop = new AbortController();
    const maker = { id: `w${(worker += 1)}`, made: 'bench', now: () => 0 };
    // A checkpoint now and then, as after two seconds.
    let messages = 0;
    const due = () => (messages += 1) % 20 === 0;
    return {
      stop,
      done: runPartition(0, new PartitionStage(node), {
        transport,
        maker,
        signal: stop.signal,
        ahead: { messages: 512, bytes: 2 ** 27 },
        due,
      }),
    };
  };
  const isDone = async () => {
    while ((await NumberedLog.open(desk, 'out.0')).tail.n < n) await sleep(5);
  };
  let owner = start(one);
  for (let i = 0; i < (4 * keys) / perMessage; i += 1) await append();
  await isDone();
  for (let round = 0; round < rounds; round += 1) {
    // A few keys have changed since.
    await append(perMessage);
    await isDone();
    const [began, used] = [performance.now(), process.cpuUsage()];
    owner.stop.abort();
    await owner.done;
    const left = seconds(began);
    owner = start(round % 2 === 0 ? other : one);
    await append(perMessage);
    await isDone();
    console.log(
      `  let go after ${left} s, first output of the other ${seconds(began)} s behind the word to leave, ${processorTime(used)} s of processor time`,
    );
  }
  owner.stop.abort();
  await owner.done;
  const stage = new PartitionStage(node);
  stage.load(null);
  for (let i = 1; i <= n; i += 1) stage.step(work(i, keys), i);
  console.log(`  ${keys} groups, about ${(stage.save(true).length / 2 ** 20).toFixed(1)} MiB; bar ${bar} s`);
}

async function join(): Promise<void> {
  const folder = server.file('idle');
  mkdirSync(folder);
  writeFileSync(`${folder}/in.ndjson`, '');
  const cluster = new EngineCluster(
    folder,
    `name: shop
sources: { in: { file: { path: "${folder}/in.ndjson", format: ndjson, follow: true } } }
operators: [{ memory: { window: 1m } }, { rank: {} }]
sinks: { out: { ndjson: { path: "${folder}/out.ndjson" } } }
`,
  );
  const watch = await engines.open(server.url);
  const first = cluster.start(server.url);
  const holds = async (pid: number, work: string) =>
    [...(await watch.holders())].some(([what, holder]) => what.startsWith(work) && holder.includes(`-${pid}-`));
  while (!(await holds(first.child.pid!, 'partition.'))) await sleep(20);
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const joining = cluster.start(server.url);
    const { pid } = joining.child;
    while (!(await holds(pid!, 'member.'))) await sleep(10);
    const isThere = performance.now();
    while (!(await holds(pid!, 'partition.'))) await sleep(10);
    console.log(
      `  holds partitions ${seconds(isThere)} s after it is there, ${seconds(started)} s after it was started from its sources; bar ${bar} s`,
    );
    joining.signal('SIGTERM');
    await joining.ended;
    while (await holds(pid!, 'partition.')) await sleep(20);
  }
  await cluster.stop();
}

console.log(`a state of ${size} MiB moves`);
await moveState();
console.log('a worker joins an idle cluster');
await join();
await engines.close();
await server.stop();
