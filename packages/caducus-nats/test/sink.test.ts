import type { JetStreamManager } from '@nats-io/jetstream';
import { expect } from 'chai';
import { nodeIo, type OpenSink, type SinkContext } from 'caducus';
import { eventSignal } from 'caducus/testing';
import { nats } from '../src/sink.ts';
import { NatsServer, withNats } from './support/natsServer.ts';

withNats('the sink nats', () => {
  let server: NatsServer;
  let jsm: JetStreamManager;
  const open: OpenSink[] = [];
  const context = (): SinkContext => ({ io: nodeIo(), id: 'out', dataDir: '.', from: null, pipeline: 'shop' });

  beforeEach(async () => {
    server = await NatsServer.start();
    ({ jsm } = await server.client());
    await jsm.streams.add({ name: 'OUT', subjects: ['caducus.>'] });
  });
  afterEach(async () => {
    for (const sink of open.splice(0)) await sink.close();
    await server.stop();
  });

  async function opened(options: object = {}, own: Partial<SinkContext> = {}): Promise<OpenSink> {
    const sink = await nats.open({ servers: server.url, select: ['event'], ...options }, { ...context(), ...own });
    open.push(sink);
    return sink;
  }
  const events = (...texts: string[]) => texts.map((text, n) => eventSignal(text, n * 1000));
  /** Texts that the stream holds, by subject. */
  async function held(): Promise<string[]> {
    const { state } = await jsm.streams.info('OUT');
    const all: string[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
      const message = await jsm.streams.getMessage('OUT', { seq });
      all.push(`${message!.subject} ${message!.json<{ text: string }>().text}`);
    }
    return all;
  }

  it('publishes what it selects under the subject of its kind, and after flush the server has it', async () => {
    const sink = await opened();
    await sink.write([...events('a', 'b'), { kind: 'watermark', time: 0, key: '' } as never]);
    await sink.flush();
    expect(await held()).to.deep.equal(['caducus.event a', 'caducus.event b']);
    expect(sink.counters).to.deep.equal({ written: 2, filtered: 1, failed: 0, held: 0 });
  });

  it('publishes again under the same name after a crash: the server keeps it once', async () => {
    for (const _ of [1, 2]) {
      const sink = await opened();
      await sink.write(events('a', 'b'));
      await sink.flush();
    }
    expect(await held()).to.deep.equal(['caducus.event a', 'caducus.event b']);
    expect(open.map((sink) => sink.figures!()['duplicates'])).to.deep.equal([0, 2]);
  });

  it('of another pipeline, or another sink, the same record is another', async () => {
    for (const own of [{}, { pipeline: 'other' }, { id: 'second' }]) {
      const sink = await opened({}, own);
      await sink.write(events('a'));
      await sink.flush();
    }
    expect(await held()).to.have.length(3);
  });

  it('waits while the server is away and says so; nothing is lost and nothing twice', async () => {
    const sink = await opened();
    await sink.write(events('a'));
    await sink.flush();
    await server.kill();
    await sink.write(events('b', 'c'));
    const flushed = sink.flush();
    while (sink.trouble!() === null) await nodeIo().sleep(10);
    expect(sink.trouble!()!.why).to.match(/no connection|does not take it/);
    await server.begin();
    await flushed;
    expect(sink.trouble!()).to.equal(null);
    expect((await held()).toSorted()).to.deep.equal(['caducus.event a', 'caducus.event b', 'caducus.event c']);
  });

  it('waits while the stream is full, and goes on when there is room', async () => {
    await jsm.streams.add({ name: 'SMALL', subjects: ['small.>'], max_msgs: 1, discard: 'new' as never });
    const sink = await opened({ subject: 'small.{kind}' });
    await sink.write(events('a', 'b'));
    const flushed = sink.flush();
    while (sink.trouble!() === null) await nodeIo().sleep(10);
    expect(sink.trouble!()!.why).to.contain('maximum messages exceeded');
    await jsm.streams.update('SMALL', { max_msgs: 10 });
    await flushed;
    expect((await jsm.streams.info('SMALL')).state.messages).to.equal(2);
  });

  it('counts a record that is larger than the server takes as failed, and goes on', async () => {
    const sink = await opened();
    await sink.write(events('a', 'x'.repeat(1 << 20), 'b'));
    await sink.flush();
    expect(await held()).to.deep.equal(['caducus.event a', 'caducus.event b']);
    expect(sink.counters).to.include({ written: 2, failed: 1 });
    expect(sink.note!()).to.equal('1 larger than the server takes');
  });

  it('is refused where no stream takes its subject, or another than was named', async () => {
    for (const [options, message] of [
      [{ subject: 'ops.{kind}' }, 'no stream takes the subject ops.event'],
      [{ stream: 'OTHER' }, 'the subject caducus.event is taken by the stream OUT'],
    ] as const) {
      const error = await opened(options).catch((e: unknown) => e as { hint: string });
      expect(String(error)).to.contain('CAD020').and.to.contain(message);
      expect((error as { hint: string }).hint).to.contain('nats stream add');
    }
  });

  it('says where it would publish, publishing nothing', async () => {
    expect(await nats.spec.probe!(nats.spec.options.parse({ servers: server.url }), context())).to.equal('stream OUT takes it');
    expect(await held()).to.deep.equal([]);
  });
});
