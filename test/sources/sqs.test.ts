// One file, because one stand-in of the service serves every case.
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { CaducusError } from '../../src/errors.ts';
import type { Event, Json } from '../../src/event.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { sqs } from '../../src/sources/sqs.ts';
import { awsEnvironment } from '../support/servers/awsEnvironment.ts';
import { openSource } from '../support/openSource.ts';
import { settle, virtualIo } from '../support/virtualIo.ts';

const events = (batches: readonly SourceBatch[]): Event[] =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event] : []));

describe('sqs', () => {
  awsEnvironment();
  let server: FauxqsServer;
  let client: SQSClient;
  let endpoint: string;
  const start = Date.now();
  before(async () => {
    server = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
    endpoint = `http://127.0.0.1:${server.port}`;
    client = new SQSClient({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } });
  });
  after(async () => {
    client.destroy();
    await server.stop();
  });

  let made = 0;
  const makeQueue = (attributes: Record<string, string> = {}, suffix = '') =>
    server.createQueue(`orders-dlq-${(made += 1)}${suffix}`, { region: 'eu-west-1', attributes });
  const fill = async (QueueUrl: string, bodies: readonly string[]) => {
    for (let at = 0; at < bodies.length; at += 10) {
      const Entries = bodies.slice(at, at + 10).map((MessageBody, i) => ({ Id: String(i), MessageBody }));
      // Past the SDK, which takes several times as long.
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessageBatch' };
      const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ QueueUrl, Entries }) });
      expect(((await answer.json()) as { Successful: unknown[] }).Successful).to.have.lengthOf(Entries.length);
    }
  };
  const counts = (name: string) => {
    const { ready, delayed, inflight } = server.inspectQueue(name)!.messages;
    return { there: ready.length + delayed.length + inflight.length, hidden: inflight.length };
  };
  /** What the end of the visibility time does: every message that was received shows again. */
  const reveal = async (name: string, QueueUrl: string) => {
    const { inflight } = server.inspectQueue(name)!.messages;
    for (let at = 0; at < inflight.length; at += 10) {
      const Entries = inflight
        .slice(at, at + 10)
        .map(({ receiptHandle }, i) => ({ Id: String(i), ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  };
  const open = (options: Record<string, unknown>, { io = virtualIo({ start, auto: false }), from = null as Json | null } = {}) =>
    openSource(sqs, { endpoint, wait: '0s', follow: false, ...options }, { io, from });
  async function read(options: Record<string, unknown>): Promise<SourceBatch[]> {
    const source = open(options);
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    await source.close();
    return batches;
  }

  it('turns a dead letter into an event, with what the queue knows of it', async () => {
    const { queueUrl, queueName } = makeQueue({ MessageRetentionPeriod: '3600' });
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: '{"order":17}',
        MessageAttributes: {
          ErrorMessage: { DataType: 'String', StringValue: 'PutBlock timed out' },
          RequestID: { DataType: 'String', StringValue: 'r-9' },
        },
      }),
    );
    const [event] = events(await read({ queueUrl }));
    expect(event).to.include({ source: 'sqs-dlq', group_id: `sqs-dlq:${queueName}`, text: 'PutBlock timed out' });
    expect(event!.metadata).to.include({ level: 'ERROR', queue: queueName, receive_count: 1, request_id: 'r-9', body: '{"order":17}' });
    expect(Date.parse(String(event!.metadata.expires_at)) - Date.parse(String(event!.metadata.sent))).to.equal(3_600_000);
    expect(event!.timestamp).to.equal(event!.metadata.sent);
    expect(event!.id).to.match(/^sqs-[0-9a-f]{10}-[\w-]+$/);
  });

  it('finds a queue by its name', async () => {
    const { queueUrl, queueName } = makeQueue();
    await fill(queueUrl, ['x']);
    expect(events(await read({ queueName })).map(({ text }) => text)).to.deep.equal(['x']);
  });

  it('leaves all of 2,000 messages in the queue by default, and gives each once although the queue gives them again', async function () {
    this.timeout(60_000);
    const { queueUrl, queueName } = makeQueue();
    await fill(
      queueUrl,
      Array.from({ length: 2000 }, (_, i) => `message ${i}`),
    );
    const source = open({ queueUrl, receivers: 8, follow: true });
    const seen: Event[] = [];
    let twice = false;
    for (let nothing = 0; nothing < 3;) {
      const { value } = (await source.iterator.next()) as { value: SourceBatch };
      seen.push(...events([value]));
      await source.commit?.(value.position);
      nothing = value.records.length === 0 ? nothing + 1 : 0;
      if (seen.length >= 500 && !twice) {
        twice = true;
        await reveal(queueName, queueUrl);
      }
    }
    source.stop();
    await source.close();
    expect(new Set(seen.map(({ text }) => text)).size).to.equal(2000);
    expect(seen).to.have.lengthOf(2000);
    expect(counts(queueName).there).to.equal(2000);
  });

  it('deletes on a checkpoint only what it covers, through three kills, and loses none of 2,000', async function () {
    this.timeout(60_000);
    const { queueUrl, queueName } = makeQueue();
    await fill(
      queueUrl,
      Array.from({ length: 2000 }, (_, i) => `message ${i}`),
    );
    const delivered = new Map<string, number>();
    let checkpoint: Json | null = null;
    let covered = 0;
    for (const killAfter of [500, 1000, 1600, Number.POSITIVE_INFINITY]) {
      const source = open({ queueUrl, receivers: 8, delete: 'on_checkpoint' }, { from: checkpoint });
      let since = 0;
      let killed = false;
      for await (const batch of source.batches) {
        for (const { id } of events([batch])) delivered.set(id, (delivered.get(id) ?? 0) + 1);
        since += batch.records.length;
        if (since < 150 && batch.records.length > 0) continue;
        if (delivered.size >= killAfter) {
          // Killed after the checkpoint was written, and before its messages were deleted.
          checkpoint = batch.position;
          covered = delivered.size;
          killed = true;
          break;
        }
        checkpoint = batch.position;
        covered = delivered.size;
        await source.commit!(batch.position);
        since = 0;
        expect(2000 - counts(queueName).there).to.be.at.most(covered);
      }
      if (!killed) await source.commit!(checkpoint!);
      source.stop();
      await source.close();
      if (killed) await reveal(queueName, queueUrl);
    }
    expect(delivered.size).to.equal(2000);
    expect(Math.max(...delivered.values())).to.equal(1);
    expect(counts(queueName).there).to.equal(0);
  });

  it('counts messages that come again as duplicates', async () => {
    const { queueUrl, queueName } = makeQueue();
    await fill(queueUrl, ['a', 'b']);
    const source = open({ queueUrl, follow: true, receivers: 1 });
    await source.iterator.next();
    await reveal(queueName, queueUrl);
    const again = (await source.iterator.next()).value as SourceBatch;
    expect([again.records.length, source.counts!()]).to.deep.equal([0, { duplicate: 2 }]);
    source.stop();
    await source.close();
  });

  it('gives again what no checkpoint had covered, under the same ids', async () => {
    const { queueUrl, queueName } = makeQueue();
    await fill(queueUrl, ['a', 'b', 'c']);
    const first = events(await read({ queueUrl, delete: 'on_checkpoint' }));
    expect(counts(queueName).there).to.equal(3);
    await reveal(queueName, queueUrl);
    const second = events(await read({ queueUrl, delete: 'on_checkpoint' }));
    expect(second.map(({ id }) => id).toSorted()).to.deep.equal(first.map(({ id }) => id).toSorted());
  });

  it('stops receiving while too many messages wait for their checkpoint', async () => {
    const { queueUrl, queueName } = makeQueue();
    await fill(
      queueUrl,
      Array.from({ length: 60 }, (_, i) => `m${i}`),
    );
    const io = virtualIo({ start, auto: false });
    const source = open({ queueUrl, delete: 'on_checkpoint', maxHeld: 20, receivers: 1, follow: true }, { io });
    const batches: SourceBatch[] = [];
    for (let i = 0; i < 3; i += 1) batches.push((await source.iterator.next()).value as SourceBatch);
    expect(batches.map(({ records }) => records.length)).to.deep.equal([10, 10, 0]);
    await source.commit!(batches[2]!.position);
    expect(counts(queueName).there).to.equal(40);
    const next = source.iterator.next();
    await settle();
    io.advance(1000);
    expect(((await next).value as SourceBatch).records).to.have.lengthOf(10);
    source.stop();
    await source.close();
  });

  it('keeps messages hidden for as long as they wait', async () => {
    const { queueUrl, queueName } = makeQueue();
    await fill(queueUrl, ['a', 'b']);
    const io = virtualIo({ start, auto: false });
    const source = open({ queueUrl, delete: 'on_checkpoint', visibility: '60s' }, { io });
    await source.iterator.next();
    const deadline = () =>
      Math.min(...server.inspectQueue(queueName)!.messages.inflight.map(({ visibilityDeadline }) => visibilityDeadline));
    const before = deadline();
    io.advance(30_000);
    for (let i = 0; i < 200 && deadline() === before; i += 1) await settle();
    expect(deadline()).to.be.greaterThan(before);
    source.stop();
    await source.close();
  });

  it('keeps the order of a FIFO queue', async () => {
    const { queueUrl } = makeQueue({ FifoQueue: 'true', ContentBasedDeduplication: 'true' }, '.fifo');
    for (let i = 0; i < 25; i += 1)
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: `step ${i}`, MessageGroupId: 'g' }));
    const source = open({ queueUrl, delete: 'on_checkpoint' });
    const texts: string[] = [];
    for await (const batch of source.batches) {
      texts.push(...events([batch]).map(({ text }) => text));
      await source.commit!(batch.position);
    }
    await source.close();
    expect(texts).to.deep.equal(Array.from({ length: 25 }, (_, i) => `step ${i}`));
  });

  it('dates a message that shows up later to when the queue was last seen empty', async () => {
    const { queueUrl } = makeQueue();
    await fill(queueUrl, ['old']);
    const later = Date.now() + 3_600_000;
    const source = open({ queueUrl, follow: true }, { io: virtualIo({ start: later, auto: false }) });
    const old = (await source.iterator.next()).value as SourceBatch;
    const empty = (await source.iterator.next()).value as SourceBatch;
    await fill(queueUrl, ['fresh']);
    const fresh = (await source.iterator.next()).value as SourceBatch;
    source.stop();
    await source.close();
    expect(events([old])[0]!.timestamp).to.equal(events([old])[0]!.metadata.sent);
    expect(empty).to.deep.include({ records: [], watermark: later });
    expect(Date.parse(events([fresh])[0]!.timestamp)).to.equal(later);
  });

  it('names a queue that does not exist, and a service out of reach', async () => {
    const failure = async (options: Record<string, unknown>) => {
      const io = virtualIo({ start });
      const source = open(options, { io });
      try {
        await source.iterator.next();
      } catch (error) {
        expect(error).to.be.instanceOf(CaducusError);
        expect(io.now() - start).to.be.lessThan(10_000);
        return error as CaducusError;
      } finally {
        await source.close();
      }
      throw new Error('it did not fail');
    };
    expect(await failure({ queueName: 'none' })).to.include({ code: 'CAD065', exit: 78 });
    expect(await failure({ queueUrl: `${endpoint}/000000000000/none` })).to.include({ code: 'CAD065', exit: 78 });
    expect(await failure({ queueName: 'none', endpoint: 'http://127.0.0.1:1' })).to.include({ code: 'CAD066', exit: 74 });
  });
});
