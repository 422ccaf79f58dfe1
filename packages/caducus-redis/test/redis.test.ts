import { nodeIo, type Json, type OpenSink, type Signal, type SourceBatch } from 'caducus';
import { eventSignal } from 'caducus/testing';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { openSource, type Opened } from '../../../test/support/openSource.ts';
import { compareIds } from '../src/consumption.ts';
import { sinks, sources } from '../src/index.ts';
import { RedisServer, withRedis } from './support/redisServer.ts';

const [source] = sources;
const [sink] = sinks;
const texts = (batches: readonly SourceBatch[]) =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event.text] : []));
const ids = (batches: readonly SourceBatch[]) =>
  batches.flatMap(({ records }) => records).flatMap((record) => (record.kind === 'event' ? [record.event.id] : []));

withRedis('caducus-redis', function () {
  this.timeout(60_000);
  let server: RedisServer;
  let client: Redis;
  let made = 0;
  let stream: string;
  const open: (Opened | OpenSink)[] = [];

  before(async () => {
    server = await RedisServer.start();
    client = new Redis(server.url);
    client.on('error', () => undefined);
  });
  after(async () => {
    client?.disconnect();
    await server?.stop();
  });
  beforeEach(() => void (stream = `logs-${(made += 1)}`));
  afterEach(async () => {
    for (const one of open.splice(0)) {
      if ('stop' in one) one.stop();
      await one.close();
    }
  });

  const start = (options: object = {}, from: Json | null = null, id = 'in') => {
    const opened = openSource(source!, { url: server.url, stream, ...options }, { io: nodeIo(), id, from });
    open.push(opened);
    return opened;
  };
  async function take(opened: Opened, count: number): Promise<SourceBatch[]> {
    const batches: SourceBatch[] = [];
    while (texts(batches).length < count) batches.push((await opened.iterator.next()).value as SourceBatch);
    return batches;
  }
  const add = (text: string) => client.xadd(stream, '*', 'record', `2026-03-14T03:00:00Z ERROR ${text}`);
  const pending = async (group = 'caducus-in') => Number(((await client.xpending(stream, group)) as [number])[0]);
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setImmediate(resolve));
  };

  describe('the source', () => {
    it('gives all entries, and ends without follow', async () => {
      for (const text of ['a failed', 'b failed', 'c failed']) await add(text);
      const batches: SourceBatch[] = [];
      for await (const batch of start({ follow: false }).batches) batches.push(batch);
      expect(texts(batches)).to.deep.equal(['a failed', 'b failed', 'c failed']);
    });

    it('acknowledges an entry only when a checkpoint holds it', async () => {
      await add('a failed');
      const opened = start();
      const [batch] = await take(opened, 1);
      expect(await pending()).to.equal(1);
      await opened.commit!(batch!.position);
      expect(await pending()).to.equal(0);
    });

    it('reads again, under the same ids, what a process that died was given', async () => {
      for (const text of ['a failed', 'b failed']) await add(text);
      const first = start();
      const before = await take(first, 2);
      first.stop();
      await first.close();
      const again = await take(start(), 2);
      expect(ids(again)).to.deep.equal(ids(before));
    });

    it('takes over what another process of the group has left', async () => {
      await add('a failed');
      const other = start({ group: 'g' }, null, 'other');
      await take(other, 1);
      other.stop();
      await other.close();
      expect(texts(await take(start({ group: 'g', claimAfter: '0s' }), 1))).to.deep.equal(['a failed']);
    });

    it('does not acknowledge by an older checkpoint what was taken over since, although its id is older', async () => {
      await add('old failed');
      const other = start({ group: 'g' }, null, 'other');
      await take(other, 1);
      other.stop();
      await other.close();
      const opened = start({ group: 'g', claimAfter: '1h' });
      await client.xgroup('SETID', stream, 'g', '$');
      await add('new failed');
      // Claimed first, since nobody has looked for an hour: nothing is old enough.
      const [newer] = await take(opened, 1);
      expect(texts([newer!])).to.deep.equal(['new failed']);
      await opened.commit!(newer!.position);
      expect(await pending('g')).to.equal(1);
    });

    it('goes on when the server was away', async () => {
      await add('a failed');
      const opened = start();
      const [batch] = await take(opened, 1);
      await opened.commit!(batch!.position);
      await server.kill();
      const next = take(opened, 1);
      await until(() => opened.trouble!() !== null);
      expect(opened.trouble!()!.why).to.match(/^127\.0\.0\.1:\d+: /);
      await server.begin();
      await until(() => client.status === 'ready');
      await add('b failed');
      expect(texts(await next)).to.deep.equal(['b failed']);
    });

    it('is a record of all fields where an entry has no record', async () => {
      await client.xadd(stream, '*', 'level', 'error', 'message', 'disk full');
      const [batch] = await take(start(), 1);
      expect(batch!.records[0]).to.have.nested.property('event.text', 'disk full');
      expect(batch!.records[0]).to.have.nested.property('event.group_id', `in:${stream}`);
    });

    it('says what is wrong: no server, and a key that is no stream', async () => {
      const fail = async (options: object) =>
        start(options)
          .iterator.next()
          .then(
            () => '',
            (error: Error) => error.message,
          );
      expect(await fail({ url: 'redis://127.0.0.1:1' })).to.include('CAD066');
      await client.set(stream, 'x');
      expect(await fail({})).to.match(/CAD020.*WRONGTYPE/s);
    });
  });

  describe('the sink', () => {
    const events = (...names: string[]): Signal[] => names.map((text, i) => eventSignal(text, i));
    const ship = async (from: Json | null = null, more: object = {}) => {
      const opened = await sink!.open(
        { url: server.url, stream: `${stream}:{kind}`, select: ['event'], drain: '0s', ...more },
        { io: nodeIo(), id: 'out', dataDir: '/', from, pipeline: 'p' },
      );
      open.push(opened);
      return opened;
    };
    const added = async () =>
      (await client.xrange(`${stream}:event`, '-', '+')).map(([, fields]) => (JSON.parse(fields[5]!) as { text: string }).text);

    it('adds an entry a record, in order, with an id by which it is known', async () => {
      const opened = await ship();
      await opened.write(events('a', 'b'));
      await opened.flush();
      expect(await added()).to.deep.equal(['a', 'b']);
      const [, fields] = (await client.xrange(`${stream}:event`, '-', '+'))[0]!;
      expect([fields[0], fields[2], fields[3], fields[4]]).to.deep.equal(['id', 'kind', 'event', 'record']);
    });

    it('adds what waited when the server is back, in order, and what a checkpoint held', async () => {
      const opened = await ship();
      await opened.write(events('a'));
      await opened.flush();
      await server.kill();
      await opened.write(events('b', 'c'));
      await opened.flush();
      expect(opened.counters.held).to.equal(2);
      const saved = JSON.parse(JSON.stringify(opened.position!())) as Json;
      await opened.close();
      await server.begin();
      const next = await ship(saved);
      await until(() => (next.figures!()['outbox'] as number) === 0);
      expect(await added()).to.deep.equal(['a', 'b', 'c']);
    });
  });
});

describe('ids of entries', () => {
  it('are compared by their numbers', () => {
    expect(['10-2', '9-11', '10-10', '9-9'].toSorted(compareIds)).to.deep.equal(['9-9', '9-11', '10-2', '10-10']);
  });
});
