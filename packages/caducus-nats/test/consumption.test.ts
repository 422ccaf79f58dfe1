import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { nodeIo, type Json } from 'caducus';
import { expect } from 'chai';
import type { NatsSourceOptions } from '../src/readOptions.ts';
import { addConsumer } from '../src/resources.ts';
import { nats } from '../src/source.ts';
import { CuttingProxy } from './support/cuttingProxy.ts';
import { NatsServer, withNats } from './support/natsServer.ts';
import { closeReadings, openReading, type Reading } from './support/openReading.ts';

withNats('what a consumer of nats gives', () => {
  let server: NatsServer;
  let nc: NatsConnection;
  let js: JetStreamClient;
  let jsm: JetStreamManager;
  let created = '';
  const readings: Reading[] = [];
  const proxies: CuttingProxy[] = [];

  beforeEach(async () => {
    server = await NatsServer.start();
    ({ nc, js, jsm } = await server.client());
    created = (await jsm.streams.add({ name: 'LOGS', subjects: ['logs.>'] })).created;
  });
  afterEach(async () => {
    await closeReadings(readings);
    for (const proxy of proxies.splice(0)) await proxy.stop();
    await server.stop();
  });

  const at = (seq: number): Json => ({ seq, created });
  async function publish(from: number, to: number): Promise<void> {
    for (let n = from; n <= to; n += 1) nc.publish('logs.a', `line ${n}`);
    await nc.flush();
    while ((await jsm.streams.info('LOGS')).state.last_seq < to);
  }
  function open(options: object = {}, from: Json | null = null): Reading {
    const reading = openReading(server.url, options, from);
    readings.push(reading);
    return reading;
  }
  /** Numbers in the texts, up to that many. */
  async function take(reading: Reading, count: number): Promise<number[]> {
    const numbers: number[] = [];
    while (numbers.length < count) {
      const { value, done } = await reading.iterator.next();
      if (done) break;
      for (const record of value.records) numbers.push(Number(record.kind === 'event' && record.event.text.slice('line '.length)));
    }
    return numbers;
  }
  const upTo = (to: number, from = 1) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it('is read in order where somebody else was given some of it and is gone', async () => {
    const config = nats.spec.options.parse({ stream: 'LOGS' }) as NatsSourceOptions;
    await addConsumer({ jsm }, config, 'caducus-in', { stream: await jsm.streams.info('LOGS'), after: null });
    // Whoever takes from the same consumer takes it from this one: a process that died, or a connection that broke.
    const thief = await js.consumers.get('LOGS', 'caducus-in');
    let taken = 0;
    const stealing = (async () => {
      for await (const _ of await thief.fetch({ max_messages: 3, expires: 20_000 })) taken += 1;
    })();
    const isWaiting = async (pulls: number) => (await jsm.consumers.info('LOGS', 'caducus-in')).num_waiting === pulls;
    while (!(await isWaiting(1)));
    const reading = open();
    const next = take(reading, 6);
    // Both wait at the server, the thief in front.
    while (!(await isWaiting(2)));
    await publish(1, 6);
    expect(await next).to.deep.equal(upTo(6));
    await stealing;
    expect(taken).to.equal(3);
  });

  it('is handed on once where the server gives it again, and acknowledged when a checkpoint holds it', async () => {
    await publish(1, 3);
    const reading = open({ ackWait: '1s' });
    expect(await take(reading, 3)).to.deep.equal(upTo(3));
    const next = take(reading, 1);
    while (reading.counts!().duplicate! < 3) await nodeIo().sleep(20);
    await reading.commit!(at(3));
    while ((await jsm.consumers.info('LOGS', 'caducus-in')).num_ack_pending > 0);
    await publish(4, 4);
    expect(await next).to.deep.equal([4]);
  });

  it('goes on with a checkpoint where no more may wait for one', async () => {
    await publish(1, 6);
    const reading = open({ maxAckPending: 3 });
    expect(await take(reading, 3)).to.deep.equal([1, 2, 3]);
    const next = take(reading, 3);
    await reading.commit!(at(3));
    expect(await next).to.deep.equal([4, 5, 6]);
  });

  it('ends at once where there is nothing and nothing is waited for', async () => {
    expect(await take(open({ follow: false }), 1)).to.deep.equal([]);
    await publish(1, 3);
    expect(await take(open({ follow: false, subject: 'logs.b', consumer: 'b' }), 1)).to.deep.equal([]);
    expect(await take(open({ follow: false }), 9)).to.deep.equal(upTo(3));
    expect(await take(open({ follow: false }, at(3)), 1)).to.deep.equal([]);
  });

  it('is read in order where the network is cut while it is read from the stream', async () => {
    const all = 1_200;
    await publish(1, all);
    const config = nats.spec.options.parse({ stream: 'LOGS' }) as NatsSourceOptions;
    await addConsumer({ jsm }, config, 'caducus-in', { stream: await jsm.streams.info('LOGS'), after: null });
    const thief = await js.consumers.get('LOGS', 'caducus-in');
    for await (const _ of await thief.fetch({ max_messages: all, expires: 20_000 }));
    const proxy = await CuttingProxy.start(Number(new URL(server.url).port));
    proxies.push(proxy);
    let cuts = 0;
    proxy.passed = () => {
      if (proxy.received < 60_000 || cuts > 0) return;
      cuts += 1;
      proxy.cut();
    };
    expect(await take(open({ servers: proxy.url }), all)).to.deep.equal(upTo(all));
    expect(cuts).to.equal(1);
  });

  it('comes once and in order over a network that is cut again and again', async () => {
    const all = 6_000;
    const proxy = await CuttingProxy.start(Number(new URL(server.url).port));
    proxies.push(proxy);
    await publish(1, all / 2);
    // Cut by what has passed, not by time: in the midst of messages.
    let cuts = 0;
    let next = 40_000;
    proxy.passed = () => {
      if (proxy.received < next || cuts >= 6) return;
      cuts += 1;
      next = proxy.received + 60_000;
      proxy.cut();
    };
    const reading = open({ servers: proxy.url });
    const first = await take(reading, all / 2);
    await publish(all / 2 + 1, all);
    expect([...first, ...(await take(reading, all / 2))]).to.deep.equal(upTo(all));
    expect(cuts).to.equal(6);
  });
});
