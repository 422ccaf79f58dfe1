/**
 * What the logs of an engine cost on JetStream: `npm run bench:nats-engine -- [events] [partitions]`. Starts a nats-server
 * of its own. Events of 290 bytes, 100, 1,000 and 8,000 a message, which a pipeline's messages have: appended to one log under its fence; read
 * from it; and the whole way of an event: arrivals, the log in front of its partition, four bytes of result behind it, and as much in
 * the desk's log, with four messages under way. Pace
 * counts on an idle machine; processor time of the server, which other work changes little, is what an event costs there.
 */
import { readFileSync } from 'node:fs';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { readLog } from '../../../src/engine/readLog.ts';
import type { Transport } from '../../../src/engine/transport.ts';
import { jetStreamTransport } from '../src/engine/jetStreamTransport.ts';
import { NatsServer } from '../test/support/natsServer.ts';

const events = Number(process.argv[2] ?? 300_000);
const partitions = Number(process.argv[3] ?? 4);
const eventBytes = 290;
const resultBytes = 4;
/** What the server may take of a processor for an event on its whole way, microseconds. */
const bar = 2.5;
const underWay = 4;

const server = await NatsServer.start();

/** Processor time of the server, milliseconds. */
function serverTime(): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function measure(what: string, work: () => Promise<void>): Promise<number> {
  const [own, there, began] = [process.cpuUsage(), serverTime(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(own);
  const each = ((serverTime() - there) * 1_000) / events;
  const pace = Math.round(events / ((performance.now() - began) / 1_000));
  const here = ((user + system) / events).toFixed(2);
  console.log(`  ${what.padEnd(34)} ${String(pace).padStart(8)} events/s   server ${each.toFixed(2)} us an event, this process ${here} us`);
  return each;
}

/** As a service writes them: names, numbers and identities that differ. */
const event = (n: number) =>
  Buffer.from(
    `{"timestamp":"${new Date(Date.UTC(2026, 2, 14) + n * 37).toISOString()}","level":"info","service":"shop-${n % 100}","msg":"request ${n} of user ${(n * 7) % 997} took ${(n * 13) % 431} ms","trace":"${((n * 2_654_435_761) % 2 ** 52).toString(16).padStart(32, '0')}","path":"/v1/orders/${(n * 31) % 50_021}/items","host":"web-${n % 9}"}`
      .padEnd(eventBytes - 1)
      .concat('\n'),
  );

async function append(transport: Transport, subject: string, messages: readonly Uint8Array[]): Promise<void> {
  const log = await NumberedLog.open(transport, subject);
  for (const [i, message] of messages.entries()) await log.append(i + 1, message);
}

async function readAll(
  transport: Transport,
  subject: string,
  count: number,
  each: (n: number, content: Uint8Array) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  let left = count;
  for await (const { n, content } of readLog(transport, subject, 0, stop.signal)) {
    await each(n, content);
    if ((left -= 1) === 0) stop.abort();
  }
}

const nothing = async () => undefined;

/** An event's way: arrivals, the log in front of each partition and the one behind it, the desk. */
async function goAllTheWay(open: () => Promise<Transport>, messages: readonly Uint8Array[]): Promise<void> {
  const [sequencer, worker, desk] = await Promise.all([open(), open(), open()]);
  const shares = Array.from({ length: partitions }, (_, p) => p);
  const ins = await Promise.all(shares.map((p) => NumberedLog.open(desk, `in.${p}`)));
  const stop = new AbortController();
  const outs = shares.map((p) => readLog(desk, `out.${p}`, 0, stop.signal));
  const output = await NumberedLog.open(desk, 'desk');
  const merges: Promise<void>[] = [];
  let done = Promise.resolve();
  const merge = async (n: number) => {
    const parts = await Promise.all(outs.map(async (out) => (await out.next()).value!.content));
    await output.append(n, Buffer.concat(parts));
    merges.shift();
  };
  await Promise.all([
    append(sequencer, 'arrivals', messages),
    ...shares.map(async (p) => {
      const log = await NumberedLog.open(worker, `out.${p}`);
      await readAll(worker, `in.${p}`, messages.length, (n, content) =>
        log.append(n, content.subarray(0, (content.length / eventBytes) * resultBytes)),
      );
    }),
    readAll(desk, 'arrivals', messages.length, async (n, content) => {
      if (merges.length >= underWay) await merges[0];
      const size = Math.ceil(content.length / partitions);
      await Promise.all(ins.map((log, p) => log.append(n, content.subarray(p * size, (p + 1) * size))));
      done = done.then(() => merge(n));
      merges.push(done);
    }),
  ]);
  await done;
  stop.abort();
}

console.log(`${events} events of ${eventBytes} bytes, ${partitions} partitions`);
const found: string[] = [];
for (const batch of [100, 1_000, 8_000]) {
  const messages = Array.from({ length: Math.ceil(events / batch) }, (_, i) =>
    Buffer.concat(Array.from({ length: Math.min(batch, events - i * batch) }, (__, k) => event(i * batch + k))),
  );
  console.log(`${batch} events a message`);
  const opened: Transport[] = [];
  const open = (pipeline: string) => async () => {
    const transport = await jetStreamTransport(server.url, { pipeline, lease: 15_000, replicas: 1 });
    opened.push(transport);
    return transport;
  };
  const logs = await open(`log-${batch}`)();
  await measure('appended to one log', () => append(logs, 'arrivals', messages));
  await measure('read from it', () => readAll(logs, 'arrivals', messages.length, nothing));
  const each = await measure('all the way', () => goAllTheWay(open(`way-${batch}`), messages));
  found.push(`${each.toFixed(2)} us with ${batch} a message`);
  await Promise.all(opened.map((transport) => transport.close()));
}
console.log(`an event takes the server ${found.join(', ')}; the bar is ${bar} us`);
await server.stop();
