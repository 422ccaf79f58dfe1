// One file, because one stand-in of the service serves every case.
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { nodeIo, type Json, type SourceBatch } from 'caducus';
import { expect } from 'chai';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { awsEnvironment } from '../../../test/support/servers/awsEnvironment.ts';
import { openSource, type Opened } from '../../../test/support/openSource.ts';
import { settle, virtualIo } from '../../../test/support/virtualIo.ts';
import { s3 } from '../src/source.ts';

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 2, 14, 3, minute, second)).toISOString();
/** Lines of a service, one a second from a minute on. */
const log = (what: string, minute: number, count = 5) =>
  Array.from({ length: count }, (_, i) => `${at(minute, i)} ERROR ${what} ${minute}.${i}\n`).join('');
const texts = (batches: readonly SourceBatch[]) =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event.text] : []));
const rejected = (batches: readonly SourceBatch[]) =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'rejected' ? [record.rejected] : []));
const thirty = ['orders 0', 'orders 1', 'orders 2'].flatMap((what) => Array.from({ length: 5 }, (_, i) => `${what}.${i}`));

describe('the source s3', () => {
  awsEnvironment();
  let server: FauxqsServer;
  let endpoint: string;
  let store: S3Client;
  let made = 0;
  let bucket: string;
  const open: Opened[] = [];

  before(async () => {
    server = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
    endpoint = `http://127.0.0.1:${server.port}`;
    const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
    store = new S3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, credentials });
  });
  after(async () => {
    store.destroy();
    await server.stop();
  });
  beforeEach(() => {
    bucket = `logs-${(made += 1)}`;
    server.createBucket(bucket);
  });
  afterEach(async () => {
    for (const { stop, close } of open.splice(0)) {
      stop();
      await close();
    }
  });

  const put = (Key: string, Body: string | Uint8Array) =>
    store.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.from(Body) }));
  const start = (options: object = {}, from: Json | null = null, io = nodeIo()) => {
    const source = openSource(s3, { bucket, endpoint, ...options }, { io, id: 'in', from });
    open.push(source);
    return source;
  };
  async function read(options: object = {}, from: Json | null = null): Promise<SourceBatch[]> {
    const source = start(options, from);
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    return batches;
  }

  it('reads the objects of a prefix in the order of the times in their keys, plain and gzip', async () => {
    await put('logs/orders/2026-03-14T03-02.log', log('orders', 2));
    await put('logs/orders/2026-03-14T03-00.log.gz', gzipSync(log('orders', 0)));
    await put('logs/orders/2026-03-14T03-01.log', log('orders', 1));
    await put('other/x.log', log('other', 1));
    await put('logs/orders/empty.log', '');
    const batches = await read({ prefix: 'logs/' });
    expect(texts(batches)).to.deep.equal(thirty);
    expect(batches[0]!.records[0]).to.have.nested.property('event.group_id', 'in:orders');
  });

  it('reads the logs that keys show side by side, by their times', async () => {
    for (const service of ['orders', 'pay'])
      for (const minute of [0, 10, 20])
        await put(`${service}/2026-03-14T03-${String(minute).padStart(2, '0')}.log`, log(service, minute, 2));
    const batches = await read();
    expect(texts(batches).toSorted()).to.deep.equal(
      ['orders', 'pay'].flatMap((service) => ['0.0', '0.1', '10.0', '10.1', '20.0', '20.1'].map((rest) => `${service} ${rest}`)),
    );
    // One log is never more than one object ahead of the other.
    expect(texts(batches).indexOf('pay 10.0')).to.be.lessThan(texts(batches).indexOf('orders 20.0'));
    expect([...new Set(batches.map(({ stream }) => stream))]).to.deep.equal(['orders', 'pay']);
    expect(batches[0]!.streams?.get('pay')).to.equal(Date.parse(at(0)));
  });

  it('takes only what lies between since and until, and ends as suffix says', async () => {
    for (const hour of ['02', '03', '04']) await put(`a/2026/03/14/${hour}/x.log`, log(`hour${hour}`, 1, 1));
    await put('a/2026/03/14/03/x.tmp', log('tmp', 1, 1));
    expect(texts(await read({ since: '2026-03-14T03:30:00Z', until: '2026-03-14T04:00:00Z', suffix: '.log' }))).to.deep.equal([
      'hour03 1.0',
    ]);
  });

  it('goes on at any position, nothing lost and nothing twice, also with objects that came meanwhile', async () => {
    for (const minute of [0, 1]) await put(`orders/2026-03-14T03-0${minute}.log`, log('orders', minute));
    const batches = await read();
    for (const [i, { position }] of batches.entries()) {
      const before = texts(batches.slice(0, i + 1));
      expect([...before, ...texts(await read({}, position))]).to.deep.equal(texts(batches));
    }
    await put('orders/2026-03-14T03-02.log', log('orders', 2));
    expect(texts(await read({}, batches.at(-1)!.position))).to.deep.equal(thirty.slice(10));
  });

  it('can be set back in one of its logs', async () => {
    await put('orders/2026-03-14T03-00.log', log('orders', 0, 2));
    await put('pay/2026-03-14T03-00.log', log('pay', 0, 2));
    const source = start();
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    const back = source.rewind!(batches.at(-1)!.position, new Map([['pay', { single: false, streams: {} }]]));
    expect(texts(await read({}, back))).to.deep.equal(['pay 0.0', 'pay 0.1']);
  });

  it('asks for a large object piece by piece, and resumes within it', async () => {
    const long = Array.from(
      { length: 40_000 },
      (_, i) => `${at(0, Math.floor(i / 1_000))} INFO request ${i} of user ${i % 97} took ${i % 31} ms\n`,
    );
    await put('big/2026-03-14.log', long.join(''));
    const batches = await read({ format: 'lines' });
    expect(texts(batches)).to.have.length(40_000);
    const half = Math.floor(batches.length / 2);
    const rest = await read({ format: 'lines' }, batches[half]!.position);
    expect(texts(batches.slice(0, half + 1)).length + texts(rest).length).to.equal(40_000);
  });

  it('gives samples from objects further on', async () => {
    for (const minute of [0, 1, 2]) await put(`orders/2026-03-14T03-0${minute}.log`, log('orders', minute));
    const source = start();
    await source.iterator.next();
    const samples = await source.sample!();
    expect(samples.flat().length).to.equal(10);
    expect(source.extent!().of).to.be.greaterThan(source.extent!().bytes);
  });

  it('reads on what is added while it follows', async () => {
    await put('orders/2026-03-14T03-00.log', log('orders', 0));
    const io = virtualIo({ start: Date.now(), auto: false });
    const source = start({ follow: true, pollInterval: '10s' }, null, io);
    const first = await source.iterator.next();
    expect(texts([first.value as SourceBatch])).to.deep.equal(thirty.slice(0, 5));
    expect(first.value).not.to.have.property('streams');
    await put('orders/2026-03-14T03-01.log', log('orders', 1));
    const next = source.iterator.next();
    while (io.sleeping === 0) await settle();
    io.advance(10_000);
    expect(texts([(await next).value as SourceBatch])).to.deep.equal(thirty.slice(5, 10));
  });

  it('keeps what is no text among the rejected, by the name of its object', async () => {
    await put('a/1.parquet', `PAR1${'x'.repeat(100)}`);
    await put('a/2.log', log('orders', 0));
    const batches = await read();
    expect(rejected(batches)).to.have.length(1);
    expect(rejected(batches)[0]).to.deep.include({
      reason: 'is Parquet, which is not read',
      place: { file: `s3://${bucket}/a/1.parquet`, line: 1, offset: 0 },
    });
    expect(texts(batches)).to.have.length(5);
  });

  it('says that there is no such bucket, and that there are too many objects', async () => {
    await read({ bucket: 'nowhere' }).then(
      () => expect.fail('was read'),
      (error: Error) => expect(error.message).to.include('there is no bucket "nowhere"'),
    );
    await put('a', 'x');
    await put('b', 'x');
    await read({ maxObjects: 1 }).then(
      () => expect.fail('was read'),
      (error: Error) => expect(error.message).to.include('more than 1 objects'),
    );
  });

  it('gives each finding the same event however often it reads: ids stay', async () => {
    await put('a/2026-03-14.log', log('orders', 0));
    const ids = async () =>
      (await read()).flatMap(({ records }) => records.map((record) => (record.kind === 'event' ? record.event.id : '')));
    expect(await ids()).to.deep.equal(await ids());
  });

  it('tells, for a check, what lies there', async () => {
    const probe = (options: object) =>
      s3.spec.probe!(s3.spec.options.parse({ bucket, endpoint, ...options }), {
        io: nodeIo(),
        id: 'in',
        from: null,
        signal: new AbortController().signal,
      });
    expect(await probe({ prefix: 'a/' })).to.equal('nothing lies under "a/" so far');
    await put('a/x', 'x');
    expect(await probe({ prefix: 'a/' })).to.match(/has objects under "a\/"/);
  });

  describe('with a queue', () => {
    let queue: SQSClient;
    let queueUrl: string;
    let queueName: string;
    before(() => (queue = new SQSClient({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } })));
    after(() => queue.destroy());
    beforeEach(() => ({ queueUrl, queueName } = server.createQueue(`notices-${made}`, { region: 'eu-west-1' })));

    const announce = (key: string) => {
      const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object: { key: encodeURIComponent(key) } } };
      return queue.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ Records: [record] }) }));
    };
    const listen = (from: Json | null = null) => start({ bucket: undefined, queueUrl }, from);
    const left = () => {
      const { ready, delayed, inflight } = server.inspectQueue(queueName)!.messages;
      return ready.length + delayed.length + inflight.length;
    };
    /** Batches until so many texts have come and the last message is at its end. */
    async function take(source: Opened, count: number): Promise<SourceBatch[]> {
      const batches: SourceBatch[] = [];
      for (;;) {
        const { value } = await source.iterator.next();
        batches.push(value as SourceBatch);
        if (texts(batches).length + rejected(batches).length >= count && (value as SourceBatch).records.length === 0) return batches;
      }
    }

    it('reads what is announced, and deletes a message only when a checkpoint holds all of it', async () => {
      await put('orders/2026-03-14T03-00.log', log('orders', 0));
      await announce('orders/2026-03-14T03-00.log');
      const source = listen();
      const batches = await take(source, 5);
      expect(texts(batches)).to.deep.equal(thirty.slice(0, 5));
      await source.commit!(batches[0]!.position);
      expect(left()).to.equal(1);
      await source.commit!(batches.at(-1)!.position);
      expect(left()).to.equal(0);
    });

    it('reads an object again whose message came to a process that died, under the same ids', async () => {
      await put('orders/a.log', log('orders', 0));
      await announce('orders/a.log');
      const first = listen();
      const { value } = await first.iterator.next();
      first.stop();
      await first.close();
      const [{ receiptHandle } = { receiptHandle: '' }] = server.inspectQueue(queueName)!.messages.inflight;
      const { ChangeMessageVisibilityCommand } = await import('@aws-sdk/client-sqs');
      await queue.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }));
      const again = await take(listen(), 5);
      const ids = (batches: readonly SourceBatch[]) =>
        batches.flatMap(({ records }) => records.map((one) => (one.kind === 'event' ? one.event.id : '')));
      expect(ids(again)).to.deep.equal(ids([value as SourceBatch]));
    });

    it('keeps a message that is no notice, and an object that is gone, among the rejected', async () => {
      await queue.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'hello' }));
      await announce('orders/gone.log');
      const source = listen();
      const batches = await take(source, 2);
      expect(
        rejected(batches)
          .map(({ reason }) => reason)
          .toSorted(),
      ).to.deep.equal(['a message is no JSON object', 'the object was deleted before it was read']);
      await source.commit!(batches.at(-1)!.position);
      expect(left()).to.equal(0);
    });
  });
});
