import type { JetStreamManager } from '@nats-io/jetstream';
import { nodeIo, Stale } from 'caducus';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { CheckpointLog } from '../../../../src/engine/checkpointLog.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';
import { OpenEngines, readTexts } from '../support/openEngines.ts';

const bytes = (some: string): Uint8Array => Buffer.from(some);

/** The thread does nothing else for that long. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

withNats('a trap of JetStream', () => {
  let server: NatsServer;
  let jsm: JetStreamManager;
  const engines = new OpenEngines();
  before(async () => {
    server = await NatsServer.start();
    ({ jsm } = await server.client());
  });
  afterEach(async () => {
    await engines.close();
    for await (const { config } of jsm.streams.list()) await jsm.streams.delete(config.name);
  });
  after(() => server.stop());

  const address = 'caducus-engine.shop.';

  it('is a purge up to number 1, which the server takes for none given: a checkpoint would forget itself', async () => {
    const transport = await engines.open(server.url);
    await transport.append('ckpt.p1.data', bytes('a'), null);
    await transport.append('ckpt.p1.data', bytes('b'), null);
    await transport.purge('ckpt.p1.data', 0);
    expect(await readTexts(jsm, 'ckpt.p1.data')).to.deep.equal(['a', 'b']);
    // What the server makes of it.
    await jsm.streams.purge('caducus-shop', { filter: `${address}ckpt.p1.data`, seq: 1 });
    expect(await readTexts(jsm, 'ckpt.p1.data')).to.deep.equal([]);
  });

  it('is a subject that was emptied, which has no fence: a zombie would be let in and the owner refused', async () => {
    const transport = await engines.open(server.url);
    const fence = await transport.append('ckpt.p1.head', bytes('owner'), 0);
    await transport.purge('ckpt.p1.head', fence);
    const zombie = await transport.append('ckpt.p1.head', bytes('zombie'), 0).catch((error: unknown) => error);
    expect(zombie).to.be.instanceOf(Stale);
    // What the server makes of it.
    await jsm.streams.purge('caducus-shop', { filter: `${address}ckpt.p1.head` });
    expect(await transport.append('ckpt.p1.head', bytes('zombie'), 0)).to.be.greaterThan(fence);
    expect(await transport.append('ckpt.p1.head', bytes('owner'), fence).catch((error: unknown) => error)).to.be.instanceOf(Stale);
  });

  it('is a checkpoint that is read while the next two are written: it is read again, and never in parts', async () => {
    const [writing, reading] = [await engines.open(server.url), await engines.open(server.url)];
    const maker = { id: 'w', made: 'm', now: () => 0 };
    const writer = new CheckpointLog(writing, 'p1', maker);
    await writer.load();
    const states = Array.from({ length: 12 }, (_, n) => Buffer.concat([Buffer.from([n]), randomBytes(700_000)]));
    let isWritten = false;
    const work = (async () => {
      for (const [n, state] of states.entries()) await writer.save({ n: n + 1, seq: n + 1, state });
      isWritten = true;
    })();
    let loaded = 0;
    while (!isWritten) {
      const read = await new CheckpointLog(reading, 'p1', maker).load();
      if (read === null) continue;
      expect(states[read.n - 1]!.equals(Buffer.concat(read.state))).to.equal(true);
      loaded += 1;
    }
    await work;
    expect(loaded).to.be.greaterThan(1);
    const { state } = await jsm.streams.info('caducus-shop', { subjects_filter: `${address}ckpt.p1.data` });
    // The last two are kept, and nothing else.
    expect(Object.values(state.subjects!)).to.deep.equal([4]);
  });

  it('is a lease that is shorter than a stall of the event loop: it is lost, and known to be; a longer one is kept', async () => {
    const [stalled, other] = [await engines.open(server.url, { lease: 1_000 }), await engines.open(server.url, { lease: 1_000 })];
    expect(await stalled.hold('desk', 'stalled')).to.equal(true);
    stall(400);
    expect(await other.hold('desk', 'other')).to.equal(false);
    expect(await stalled.hold('desk', 'stalled')).to.equal(true);
    stall(2_500);
    // Both clocks have jumped by as much: that of the server counts.
    while (!(await other.hold('desk', 'other'))) await nodeIo().sleep(20);
    expect(await stalled.hold('desk', 'stalled')).to.equal(false);
  });

  it('is a list of who holds what that hangs under traffic', async () => {
    const [transport, busy] = [await engines.open(server.url), await engines.open(server.url)];
    let isOver = false;
    const traffic = (async () => {
      while (!isOver) await Promise.all(Array.from({ length: 32 }, (_, p) => busy.hold(`p.${p}`, 'busy')));
    })();
    for (let again = 0; again < 20; again += 1) {
      const { size } = await transport.holders();
      if (again > 0) expect(size).to.equal(32);
      while ((await transport.holders()).size < 32);
    }
    isOver = true;
    await traffic;
  });

  it('is a consumer of a task that was stopped, which would wait for a message that never comes', async () => {
    const transport = await engines.open(server.url);
    await transport.append('in.1', bytes('a'), 0);
    const stops = Array.from({ length: 8 }, () => new AbortController());
    let read = 0;
    const readings = stops.map(async ({ signal }) => {
      for await (const { seq } of transport.read('in.1', signal)) read += seq;
    });
    const count = async () => (await jsm.streams.info('caducus-shop')).state.consumer_count;
    while (read < 8) await nodeIo().sleep(5);
    expect(await count()).to.equal(8);
    for (const stop of stops) stop.abort();
    await Promise.all(readings);
    while ((await count()) > 0);
  });

  it('is a purge by subject that is not booked before 2.9.15: the server would be full of what is gone', async () => {
    const transport = await engines.open(server.url);
    const body = Buffer.from(randomBytes(200_000));
    const used = async () => (await jsm.getAccountInfo()).storage;
    const empty = await used();
    let fence = 0;
    for (let n = 0; n < 150; n += 1) {
      fence = await transport.append('desk', body, fence);
      if (n % 50 === 49) await transport.purge('desk', fence - 1);
    }
    const { state } = await jsm.streams.info('caducus-shop');
    expect(state.messages).to.equal(1);
    expect((await used()) - empty).to.be.within(200_000, 201_000);
  });

  it('is a window of names that is over: what is written again after it is refused by its fence alone', async () => {
    const transport = await engines.open(server.url);
    const fence = await transport.append('desk', bytes('a'), 0);
    const info = await jsm.streams.info('caducus-shop');
    await jsm.streams.update('caducus-shop', { ...info.config, duplicate_window: 100_000_000 });
    await nodeIo().sleep(300);
    expect(await transport.append('desk', bytes('a'), 0).catch((error: unknown) => error)).to.be.instanceOf(Stale);
    expect(await transport.append('desk', bytes('b'), fence)).to.be.greaterThan(fence);
  });

  it('is a stream that somebody removes under a run: it ends with that sentence, and does not wait for ever', async () => {
    let now = 0;
    const io = { ...nodeIo(), monotonic: () => (now += 6_000) };
    const transport = await engines.open(server.url, { io });
    const fence = await transport.append('desk', bytes('a'), 0);
    await jsm.streams.delete('caducus-shop');
    for (const call of [() => transport.append('desk', bytes('b'), fence), () => transport.last('desk')]) {
      const error = await call().catch((reason: unknown) => reason);
      expect(error).to.have.property('message').that.contains('the stream of this pipeline is gone');
    }
  });
});
