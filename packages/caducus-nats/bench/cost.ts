/**
 * What a message costs that the source nats reads, beside a line of a file with the same text, and one that the sink nats
 * publishes: `npm run bench:nats -- [messages]`. Starts a nats-server of its own. Processor time of this process, which
 * other work on the machine changes little, and of the server.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NatsServer } from '../test/support/natsServer.ts';
import { sinks, sources } from '../src/index.ts';
import { nodeIo } from '../../../src/io.ts';
import type { Signal } from '../../../src/signal.ts';
import { file } from '../../../src/sources/file.ts';
import type { SourceEntry } from '../../../src/sources/source.ts';

const messages = Number(process.argv[2] ?? 50_000);
const folder = mkdtempSync(join(tmpdir(), 'caducus-bench-nats-'));
const server = await NatsServer.start();
const { nc, jsm } = await server.client();

const line = (n: number) =>
  `{"timestamp":"${new Date(Date.UTC(2026, 2, 14) + n).toISOString()}","level":"info","service":"shop","msg":"request ${n} of user ${n % 97} took ${n % 31} ms","trace":"${(n * 7919).toString(16).padStart(32, '0')}","path":"/v1/orders/${n % 501}/items","host":"web-${n % 9}"}`;

/** Processor time of a process, milliseconds. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function measure(what: string, work: () => Promise<number>): Promise<void> {
  const [own, there, began] = [process.cpuUsage(), processorTime(server.pid), performance.now()];
  const count = await work();
  const { user, system } = process.cpuUsage(own);
  const each = (ms: number) => `${((ms * 1000) / count).toFixed(1)} us`;
  const took = performance.now() - began;
  console.log(
    `${what.padEnd(18)} ${count} records  ${each((user + system) / 1000)} each here, ${each(processorTime(server.pid) - there)} at the server  ${Math.round((count / took) * 1000)}/s`,
  );
}

/** Reads a source to its end. */
async function drain({ spec }: SourceEntry, options: object): Promise<Signal[]> {
  const { signal } = new AbortController();
  const open = spec.open(spec.options.parse(options), { io: nodeIo(), id: 'in', from: null, signal });
  const all: Signal[] = [];
  for await (const { records } of open.batches) for (const record of records) all.push(record);
  await open.close();
  return all;
}

const texts = Array.from({ length: messages }, (_, n) => line(n));
writeFileSync(join(folder, 'in.ndjson'), `${texts.join('\n')}\n`);
await jsm.streams.add({ name: 'LOGS', subjects: ['logs.>'] });
await jsm.streams.add({ name: 'OUT', subjects: ['out.>'] });
for (const text of texts) nc.publish('logs.shop', text);
await nc.flush();
while ((await jsm.streams.info('LOGS')).state.messages < messages);
console.log(`${messages} messages of ${texts[0]!.length} bytes, nats-server ${nc.info!.version}`);
for (let round = 0; round < 2; round += 1) {
  await measure('source file', async () => (await drain(file, { path: join(folder, 'in.ndjson'), format: 'ndjson' })).length);
  await measure(
    'source nats',
    async () => (await drain(sources[0]!, { servers: server.url, stream: 'LOGS', consumer: `c${round}`, follow: false })).length,
  );
}
const events = await drain(file, { path: join(folder, 'in.ndjson'), format: 'ndjson' });
const [sink] = sinks;
const context = { io: nodeIo(), id: 'out', dataDir: folder, from: null, pipeline: 'bench' };
const open = await sink!.open({ servers: server.url, subject: 'out.{kind}', select: ['event'] }, context);
await measure('sink nats', async () => {
  await open.write(events);
  await open.flush();
  return events.length;
});
await open.close();
await server.stop();
rmSync(folder, { recursive: true });
