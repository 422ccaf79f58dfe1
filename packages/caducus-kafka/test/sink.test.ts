import { nodeIo, type Json, type OpenSink, type Signal } from 'caducus';
import { eventSignal } from 'caducus/testing';
import { expect } from 'chai';
import kafkajs, { type Admin, type KafkaMessage } from 'kafkajs';
import { sinks } from '../src/index.ts';
import { makeMessage } from '../src/sink.ts';
import { KafkaCluster, withKafka } from './support/kafkaCluster.ts';

const [sink] = sinks;

withKafka('the sink kafka', function () {
  this.timeout(120_000);
  let cluster: KafkaCluster;
  let client: kafkajs.Kafka;
  let admin: Admin;
  let made = 0;
  let prefix = '';
  const open: OpenSink[] = [];

  before(async () => {
    cluster = await KafkaCluster.start();
    client = new kafkajs.Kafka({ brokers: cluster.list, logLevel: kafkajs.logLevel.NOTHING });
    admin = client.admin();
    await admin.connect();
  });
  after(async () => {
    await admin?.disconnect();
    await cluster?.stop();
  });
  beforeEach(() => {
    prefix = `out-${(made += 1)}`;
    cluster.produce(`${prefix}.event`, []);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  const events = (...names: string[]): Signal[] => names.map((text, i) => eventSignal(text, i));
  async function ship(from: Json | null = null, more: object = {}): Promise<OpenSink> {
    const { options } = sink!.spec;
    const parsed = options.parse({
      brokers: cluster.list,
      topic: `${prefix}.{kind}`,
      select: ['event'],
      drain: '0s',
      timeout: '2s',
      ...more,
    });
    const opened = await sink!.spec.open(parsed, { io: nodeIo(), id: 'out', dataDir: '/', from, pipeline: 'p' });
    open.push(opened);
    return opened;
  }
  /** All that the topic holds, in the order of its partition. */
  async function held(): Promise<KafkaMessage[]> {
    const ends = await admin.fetchTopicOffsets(`${prefix}.event`);
    const all = ends.reduce((sum, { high }) => sum + Number(high), 0);
    const consumer = client.consumer({ groupId: `look-${prefix}-${(made += 1)}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [`${prefix}.event`], fromBeginning: true });
    const messages: KafkaMessage[] = [];
    await new Promise<void>((resolve) => {
      void consumer.run({
        eachMessage: async ({ message }) => {
          messages.push(message);
          if (messages.length === all) resolve();
        },
      });
    });
    await consumer.disconnect();
    return messages;
  }
  const written = async () => (await held()).map(({ value }) => (JSON.parse(value!.toString()) as { text: string }).text);

  it('writes a message a record, in order, with an id by which it is known', async () => {
    const opened = await ship();
    await opened.write(events('a', 'b', 'c'));
    await opened.flush();
    expect(opened.counters).to.include({ written: 3, held: 0, failed: 0 });
    const messages = await held();
    expect(messages.map(({ value }) => (JSON.parse(value!.toString()) as { text: string }).text)).to.deep.equal(['a', 'b', 'c']);
    expect(messages[0]!.headers!.kind!.toString()).to.equal('event');
    expect(new Set(messages.map(({ headers }) => headers!.id!.toString())).size).to.equal(3);
  });

  it('writes what waited when the brokers answer again, and what a checkpoint held', async () => {
    const opened = await ship();
    await opened.write(events('a'));
    await opened.flush();
    cluster.freeze();
    await opened.write(events('b', 'c'));
    await opened.flush();
    expect(opened.counters.held).to.equal(2);
    const saved = JSON.parse(JSON.stringify(opened.position!())) as Json;
    await opened.close();
    open.length = 0;
    cluster.thaw();
    const next = await ship(saved);
    while ((next.figures!()['outbox'] as number) > 0) await nodeIo().sleep(20);
    // What was on its way when it was given up may have come: it is there twice then, under one id.
    const messages = await held();
    const once = new Map(
      messages.map(({ headers, value }) => [headers!.id!.toString(), (JSON.parse(value!.toString()) as { text: string }).text]),
    );
    expect([...once.values()]).to.deep.equal(['a', 'b', 'c']);
  });

  it('packs batches or does not', async () => {
    for (const compression of ['none', 'gzip']) {
      const opened = await ship(null, { compression });
      await opened.write(events(compression));
      await opened.flush();
    }
    expect((await written()).toSorted()).to.deep.equal(['gzip', 'none']);
  });
});

describe('a message of the sink kafka', () => {
  const parcel = (kind: string, record: object) => makeMessage({ id: 'p', kind, time: 5.5, record: record as never });

  it('has a key that keeps what belongs together in order', () => {
    expect(parcel('event', { id: 'e', group_id: 'shop' }).key).to.equal('shop');
    expect(parcel('finding', { id: 'f', group_id: 'shop' }).key).to.equal('f');
    expect(parcel('radar', { window: 1 }).key).to.equal('p');
  });

  it('has the event time, whole and never before 1970', () => {
    expect(parcel('event', {}).timestamp).to.equal('5');
    expect(makeMessage({ id: 'p', kind: 'event', time: -1, record: {} }).timestamp).to.equal('0');
  });
});
