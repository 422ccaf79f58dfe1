import type { JetStreamManager, JetStreamClient } from '@nats-io/jetstream';
import { expect } from 'chai';
import { nodeIo, type Json } from 'caducus';
import { nats } from '../src/source.ts';
import { NatsServer, withNats } from './support/natsServer.ts';
import { closeReadings, openReading, type Reading } from './support/openReading.ts';

withNats('the source nats', () => {
  let server: NatsServer;
  let js: JetStreamClient;
  let jsm: JetStreamManager;
  const readings: Reading[] = [];

  beforeEach(async () => {
    server = await NatsServer.start();
    ({ js, jsm } = await server.client());
    await jsm.streams.add({ name: 'LOGS', subjects: ['logs.>'] });
  });
  afterEach(async () => {
    await closeReadings(readings);
    await server.stop();
  });

  const publish = async (from: number, to: number, subject = 'logs.shop') => {
    for (let n = from; n <= to; n += 1)
      // What is sent while the server is away is lost without a word.
      await js.publish(subject, `line ${n}`, { msgID: `${subject} ${n}`, timeout: 500, retries: 20 });
  };
  function open(options: object = {}, from: Json | null = null): Reading {
    const reading = openReading(server.url, options, from);
    readings.push(reading);
    return reading;
  }
  /** Texts up to that many, and the position behind the last. */
  async function take(reading: Reading, count: number): Promise<{ texts: string[]; position: Json }> {
    const texts: string[] = [];
    let position: Json = null;
    while (texts.length < count) {
      const { value, done } = await reading.iterator.next();
      if (done) break;
      texts.push(...value.records.map((record) => (record.kind === 'event' ? record.event.text : record.kind)));
      position = value.position;
    }
    return { texts, position };
  }
  const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);
  const waiting = async () => (await jsm.consumers.info('LOGS', 'caducus-in')).num_ack_pending;
  /** What nobody has acknowledged, once the server has heard of all that was sent before. */
  async function untilAcknowledged(): Promise<void> {
    while ((await waiting()) > 0);
  }

  it('reads a stream to its end in order, with the time and the subject of each message, and ends without follow', async () => {
    await publish(1, 3);
    await publish(4, 4, 'logs.pay');
    const { texts, position } = await take(open({ follow: false }), 10);
    expect(texts).to.deep.equal(lines(1, 4));
    expect(position).to.include({ seq: 4 });
  });

  it('goes on with what comes, and is stopped at once', async () => {
    const reading = open();
    const first = take(reading, 1);
    await publish(1, 1);
    expect((await first).texts).to.deep.equal(['line 1']);
    await publish(2, 2);
    expect((await take(reading, 1)).texts).to.deep.equal(['line 2']);
    const rest = reading.iterator.next();
    reading.stop.abort();
    expect((await rest).done).to.equal(true);
  });

  it('acknowledges a message when a checkpoint holds it, and none before', async () => {
    await publish(1, 5);
    const reading = open();
    const { position } = await take(reading, 5);
    expect(await waiting()).to.equal(5);
    await reading.commit!({ ...(position as { seq: number; created: string }), seq: 3 });
    while ((await waiting()) !== 2);
    await reading.commit!(position);
    await untilAcknowledged();
  });

  it('goes on behind its position after it was killed: nothing twice, nothing left out, and it waits for no ack_wait', async () => {
    await publish(1, 6);
    const killed = open();
    const { position } = await take(killed, 3);
    // As a process that is killed: nothing is acknowledged.
    await killed.close();
    await publish(7, 8);
    const again = open({}, position);
    const given = await take(again, 8 - (position as { seq: number }).seq);
    expect(given.texts).to.deep.equal(lines((position as { seq: number }).seq + 1, 8));
  });

  it('reads again what was acknowledged, from an older checkpoint', async () => {
    await publish(1, 4);
    const first = open();
    const { position } = await take(first, 4);
    await first.commit!(position);
    await untilAcknowledged();
    const { texts } = await take(open({}, { ...(position as { created: string }), seq: 1 } as unknown as Json), 3);
    expect(texts).to.deep.equal(lines(2, 4));
  });

  it('without a state goes on where its consumer stands', async () => {
    await publish(1, 4);
    const first = open();
    const { position } = await take(first, 4);
    await first.commit!({ ...(position as { created: string }), seq: 2 } as unknown as Json);
    while ((await waiting()) !== 2);
    await first.close();
    expect((await take(open(), 2)).texts).to.deep.equal(['line 3', 'line 4']);
  });

  it('reads all of a work queue, also after it was killed', async () => {
    await jsm.streams.add({ name: 'WORK', subjects: ['work.>'], retention: 'workqueue' as never });
    await publish(1, 6, 'work.a');
    const first = open({ stream: 'WORK' });
    const { position } = await take(first, 6);
    await first.commit!({ ...(position as { created: string }), seq: 2 } as unknown as Json);
    await first.close();
    const again = open({ stream: 'WORK' }, { ...(position as { created: string }), seq: 2 } as unknown as Json);
    expect((await take(again, 4)).texts).to.deep.equal(lines(3, 6));
    await again.commit!(position);
    // What was read from the stream itself is acknowledged when the server gives it again.
  });

  it('reads one subject of many, past what is not its own', async () => {
    for (let n = 1; n <= 300; n += 1) await js.publish(n % 100 === 0 ? 'logs.pay' : 'logs.shop', `line ${n}`);
    const first = open({ subject: 'logs.pay' });
    const { texts, position } = await take(first, 3);
    expect(texts).to.deep.equal(['line 100', 'line 200', 'line 300']);
    await first.close();
    const again = open({ subject: 'logs.pay' }, { ...(position as { created: string }), seq: 1 } as unknown as Json);
    expect((await take(again, 3)).texts).to.deep.equal(texts);
  });

  it('goes on when the server was killed and started again, and says meanwhile what is wrong', async () => {
    await publish(1, 3);
    const reading = open();
    expect((await take(reading, 3)).texts).to.deep.equal(lines(1, 3));
    const next = take(reading, 3);
    await server.kill();
    while (reading.trouble!() === null) await nodeIo().sleep(10);
    expect(reading.trouble!()!.why).to.contain('no connection');
    await server.begin();
    await publish(4, 6);
    expect((await next).texts).to.deep.equal(lines(4, 6));
    expect(reading.trouble!()).to.equal(null);
  });

  it('starts anew with a stream that was removed and made again', async () => {
    await publish(1, 5);
    const first = open();
    const { position } = await take(first, 5);
    await first.close();
    await jsm.streams.delete('LOGS');
    await jsm.streams.add({ name: 'LOGS', subjects: ['logs.>'] });
    await publish(6, 7);
    expect((await take(open({}, position), 2)).texts).to.deep.equal(['line 6', 'line 7']);
  });

  it('begins a consumer that it makes at a time, also after it was killed before its first checkpoint', async () => {
    await publish(1, 2);
    const before = await jsm.streams.getMessage('LOGS', { seq: 2 });
    const start = new Date(before!.time.getTime() + 1).toISOString();
    while (Date.now() <= Date.parse(start));
    await publish(3, 4);
    for (const _ of [1, 2]) {
      const reading = open({ start });
      expect((await take(reading, 2)).texts).to.deep.equal(['line 3', 'line 4']);
      await reading.close();
    }
  });

  it('begins a consumer that it makes with what is new', async () => {
    await publish(1, 3);
    const reading = open({ start: 'new' });
    const next = take(reading, 1);
    while ((await jsm.consumers.list('LOGS').next()).length === 0);
    await publish(4, 4);
    expect((await next).texts).to.deep.equal(['line 4']);
  });

  for (const [what, options, message] of [
    ['no such stream', { stream: 'NONE' }, 'there is no stream "NONE"'],
    ['a consumer of another subject', { consumer: 'other' }, 'takes the subject logs.pay'],
    ['a consumer that acknowledges otherwise', { consumer: 'all' }, 'it has to be explicit'],
  ] as const)
    it(`refuses ${what}, with what to do`, async () => {
      await jsm.consumers.add('LOGS', { durable_name: 'other', ack_policy: 'explicit', filter_subject: 'logs.pay' } as never);
      await jsm.consumers.add('LOGS', { durable_name: 'all', ack_policy: 'all' } as never);
      const error = await open(options)
        .iterator.next()
        .catch((e: unknown) => e);
      expect(String(error)).to.contain('CAD020').and.to.contain(message);
    });

  it('says what it would read, taking nothing', async () => {
    await publish(1, 2);
    const parsed = nats.spec.options.parse({ servers: server.url, stream: 'LOGS' });
    const stop = new AbortController();
    const context = { io: nodeIo(), id: 'in', from: null, signal: stop.signal };
    expect(await nats.spec.probe!(parsed, context)).to.equal('stream LOGS holds 2 messages');
    expect(await jsm.consumers.list('LOGS').next()).to.deep.equal([]);
  });
});
