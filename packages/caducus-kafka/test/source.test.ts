// One file, because one cluster serves all of it, and it takes its time to start.
import { nodeIo, type Json, type SourceBatch } from 'caducus';
import { expect } from 'chai';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { openSource, type Opened } from '../../../test/support/openSource.ts';
import { sources } from '../src/index.ts';
import { KafkaCluster, withKafka } from './support/kafkaCluster.ts';

const [source] = sources;
const records = (batches: readonly SourceBatch[]) => batches.flatMap((batch) => batch.records);
const texts = (batches: readonly SourceBatch[]) =>
  records(batches).map((record) => (record.kind === 'event' ? record.event.text : record.kind));
const ids = (batches: readonly SourceBatch[]) => records(batches).flatMap((record) => (record.kind === 'event' ? [record.event.id] : []));
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);

withKafka('the source kafka', function () {
  this.timeout(120_000);
  let cluster: KafkaCluster;
  let client: Kafka;
  let admin: Admin;
  let made = 0;
  let topic = '';
  const open: Opened[] = [];

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
  beforeEach(() => void (topic = `logs-${(made += 1)}`));
  const close = async (one: Opened) => {
    one.stop();
    await one.close();
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await close(one);
  });

  const start = (options: object = {}, from: Json | null = null) => {
    const opened = openSource(
      source!,
      { brokers: cluster.list, topics: topic, group: topic, ...options },
      { io: nodeIo(), id: 'in', from },
    );
    open.push(opened);
    return opened;
  };
  async function take(opened: Opened, count: number): Promise<SourceBatch[]> {
    const batches: SourceBatch[] = [];
    while (records(batches).length < count) {
      const { value, done } = await opened.iterator.next();
      if (done) break;
      batches.push(value);
    }
    return batches;
  }
  /** Lines go to one partition, so that their order is known. */
  const produce = (from: number, to: number, more: readonly string[] = []) =>
    cluster.produce(topic, numbers(from, to), ['-p', '0', ...more]);
  const committed = async () => {
    const [answer] = await admin.fetchOffsets({ groupId: topic, topics: [topic] });
    return Number(answer!.partitions.find(({ partition }) => partition === 0)!.offset);
  };

  it('gives all messages of all partitions, and ends without follow', async () => {
    for (const partition of [0, 1, 3]) cluster.produce(topic, [`line ${partition}`], ['-p', String(partition)]);
    const batches = await take(start({ follow: false }), 10);
    expect(texts(batches).toSorted()).to.deep.equal(['line 0', 'line 1', 'line 3']);
    expect(records(batches)[0]).to.have.nested.property('event.group_id', `in:${topic}`);
    expect(new Set(ids(batches)).size).to.equal(3);
  });

  /** All that is there, from a position on; the group is left then. */
  async function readAll(from: Json | null = null): Promise<SourceBatch[]> {
    const opened = start({ follow: false }, from);
    const batches = await take(opened, Number.POSITIVE_INFINITY);
    await close(opened);
    return batches;
  }

  it('reads on from its position, and ends at once where there is nothing', async () => {
    produce(1, 3);
    const first = await readAll();
    expect(texts(first)).to.deep.equal(numbers(1, 3));
    expect(await readAll(first.at(-1)!.position)).to.deep.equal([]);
    produce(4, 5);
    expect(texts(await readAll(first.at(-1)!.position))).to.deep.equal(numbers(4, 5));
  });

  it('goes on with what comes, and is stopped at once', async () => {
    produce(1, 1);
    const opened = start();
    expect(texts(await take(opened, 1))).to.deep.equal(['line 1']);
    produce(2, 2);
    expect(texts(await take(opened, 1))).to.deep.equal(['line 2']);
    const rest = opened.iterator.next();
    opened.stop();
    expect((await rest).done).to.equal(true);
  });

  it('commits an offset when a checkpoint holds it, and none before', async () => {
    produce(1, 3);
    const opened = start();
    const batches = await take(opened, 3);
    expect(await committed()).to.equal(-1);
    await opened.commit!(batches.at(-1)!.position);
    expect(await committed()).to.equal(3);
  });

  it('commits after it was stopped: the last checkpoint is written then', async () => {
    produce(1, 3);
    const opened = start();
    const batches = await take(opened, 3);
    opened.stop();
    await opened.commit!(batches.at(-1)!.position);
    expect(await committed()).to.equal(3);
  });

  it('reads again, under the same ids, what no checkpoint holds', async () => {
    produce(1, 3);
    const first = start();
    const before = await take(first, 3);
    await close(first);
    expect(ids(await take(start(), 3))).to.deep.equal(ids(before));
  });

  it('goes on behind an older checkpoint, though more was committed since', async () => {
    produce(1, 1);
    const first = start();
    const [older] = await take(first, 1);
    produce(2, 3);
    const newer = await take(first, 2);
    await first.commit!(newer.at(-1)!.position);
    await close(first);
    expect(texts(await take(start({}, older!.position), 2))).to.deep.equal(numbers(2, 3));
  });

  it('goes on where the group stands when its state is gone', async () => {
    produce(1, 2);
    const first = start();
    const batches = await take(first, 2);
    await first.commit!(batches.at(-1)!.position);
    await close(first);
    produce(3, 3);
    expect(texts(await take(start(), 1))).to.deep.equal(['line 3']);
  });

  it('begins with what is new, and goes on there although it was stopped before the first came', async () => {
    produce(1, 2);
    const first = start({ start: 'new' });
    const next = first.iterator.next();
    while ((await committed()) < 0);
    await close(first);
    expect((await next).done).to.equal(true);
    produce(3, 3);
    expect(texts(await take(start({ start: 'new' }), 1))).to.deep.equal(['line 3']);
  });

  it('gives each message to one of two processes of a group, and all to the one that is left', async () => {
    for (let partition = 0; partition < 4; partition += 1) cluster.produce(topic, [`first ${partition}`], ['-p', String(partition)]);
    const one = start();
    const got = texts(await take(one, 4));
    expect(got.toSorted()).to.deep.equal(['first 0', 'first 1', 'first 2', 'first 3']);
    const other = start();
    const ofOther = other.iterator.next();
    // The other has its partitions when something of them comes to it.
    let ofOne = one.iterator.next();
    const seen: string[] = [];
    let isShared = false;
    void ofOther.then(() => (isShared = true));
    for (let n = 0; !isShared; n += 1) {
      for (let partition = 0; partition < 4; partition += 1) cluster.produce(topic, [`${n} ${partition}`], ['-p', String(partition)]);
      const batch = await Promise.race([ofOne, ofOther.then(() => null)]);
      if (batch === null || batch.done) break;
      seen.push(...texts([batch.value]));
      await one.commit!(batch.value.position);
      ofOne = one.iterator.next();
    }
    await close(other);
    cluster.produce(topic, ['the end'], ['-p', '0']);
    for (let batch = await ofOne; !texts([batch.value as SourceBatch]).includes('the end'); batch = await one.iterator.next());
  });

  for (const codec of ['gzip', 'snappy', 'lz4', 'zstd'])
    it(`reads what was packed with ${codec}`, async () => {
      cluster.produce(topic, numbers(1, 400), ['-p', '0', '-z', codec]);
      expect(texts(await take(start({ follow: false }), 400))).to.deep.equal(numbers(1, 400));
    });

  it('gives what is large in batches of 500, with a position in each', async () => {
    produce(1, 1_200);
    const batches = await readAll();
    expect(texts(batches)).to.deep.equal(numbers(1, 1_200));
    expect(Math.max(...batches.map((batch) => batch.records.length))).to.be.at.most(500);
    expect(texts(await readAll(batches[0]!.position))).to.deep.equal(numbers(batches[0]!.records.length + 1, 1_200));
  });

  it('is a record of the fields of JSON, rejects what is no text, and passes over a value that is none', async () => {
    const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    produce(1, 1);
    await producer.send({
      topic,
      messages: [
        { key: 'a', partition: 0, value: null },
        { partition: 0, value: Buffer.from([0xff, 0xfe, 0x00]) },
        { partition: 0, value: '{"level":"error","message":"disk full"}', timestamp: '1773446400000' },
      ],
    });
    await producer.disconnect();
    const batches = await take(start({ follow: false }), 9);
    expect(texts(batches)).to.deep.equal(['line 1', 'rejected', 'disk full']);
    expect(records(batches)[2]).to.include({ time: 1773446400000 });
  });

  it('waits for brokers that do not answer, says so, and goes on', async () => {
    produce(1, 1);
    const opened = start();
    await take(opened, 1);
    const next = take(opened, 1);
    cluster.freeze();
    while (opened.trouble!() === null) await nodeIo().sleep(50);
    expect(opened.trouble!()!.why).to.equal(`${cluster.list.join(', ')}: no answer`);
    cluster.thaw();
    produce(2, 2);
    expect(texts(await next)).to.deep.equal(['line 2']);
    expect(opened.trouble!()).to.equal(null);
  });

  it('says what is wrong where no broker answers', async () => {
    const message = await start({ brokers: '127.0.0.1:1' })
      .iterator.next()
      .then(
        () => '',
        (error: Error) => error.message,
      );
    expect(message).to.match(/CAD066.*127\.0\.0\.1:1/s);
  });

  it('says to validate what the brokers hold', async () => {
    produce(1, 3);
    const { spec } = source!;
    const parsed = spec.options.parse({ brokers: cluster.list, topics: topic });
    expect(await spec.probe!(parsed, { io: nodeIo(), id: 'in', from: null, signal: new AbortController().signal })).to.equal(
      `${cluster.list.join(', ')} holds 3 messages of ${topic}`,
    );
  });
});
