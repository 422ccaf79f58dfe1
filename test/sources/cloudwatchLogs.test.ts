// One file, because one stand-in of the service serves every case.
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Json } from '../../src/event.ts';
import { CaducusError } from '../../src/errors.ts';
import type { Signal } from '../../src/signal.ts';
import { cloudwatchLogs } from '../../src/sources/cloudwatchLogs.ts';
import type { SourceBatch } from '../../src/sources/source.ts';
import { awsEnvironment } from '../support/servers/awsEnvironment.ts';
import { startCloudWatchServer, type CloudWatchServer, type CloudWatchServerOptions } from '../support/servers/cloudwatchServer.ts';
import { openSource } from '../support/openSource.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { virtualIo, type TestIo } from '../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const minute = 60_000;
const group = '/aws/lambda/auth';

const events = (batches: readonly SourceBatch[]) =>
  batches.flatMap(({ records }) => records).flatMap((record: Signal) => (record.kind === 'event' ? [record.event] : []));

describe('cloudwatch-logs', () => {
  awsEnvironment();
  let server: CloudWatchServer;
  let io: TestIo;
  const serve = async (options: CloudWatchServerOptions = {}) => {
    io = virtualIo({ start });
    server = await startCloudWatchServer({ now: () => io.now(), ...options });
  };
  afterEach(() => server.stop());

  const fast = () => ({ endpoint: server.url, callsPerSecond: 100 });
  /** Reads without `follow` to the end. */
  async function read(options: Record<string, unknown>, from: Json | null = null) {
    const source = openSource(cloudwatchLogs, { ...fast(), follow: false, ...options }, { io, from });
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    await source.close();
    return batches;
  }
  async function failure(options: Record<string, unknown>): Promise<CaducusError> {
    try {
      await read(options);
    } catch (error) {
      expect(error).to.be.instanceOf(CaducusError);
      return error as CaducusError;
    }
    throw new Error('it did not fail');
  }

  it('turns a log event into a canonical one, with level, request id and JSON fields lifted', async () => {
    await serve();
    const request = 'a1b2c3d4-0000-4000-8000-1234567890ab';
    server.put(group, 's1', { timestamp: start - minute, message: `2026-03-14T02:59:00.000Z\t${request}\tERROR\tJWT expired\n` });
    server.put(group, 's1', {
      timestamp: start - minute + 1,
      message: '{"level":"warn","msg":"slow","requestId":"r-1","cost_ms":12,"__proto__":{"x":1}}',
    });
    server.put(group, 's1', { timestamp: start - minute + 2, message: `REPORT RequestId: ${request}\tDuration: 3 ms` });
    const [text, json, report] = events(await read({ logGroups: [group] }));
    expect(text).to.include({
      timestamp: '2026-03-14T02:59:00.000Z',
      source: 'cloudwatch',
      group_id: `cloudwatch:${group}`,
      text: 'JWT expired',
    });
    expect(text!.metadata).to.include({
      log_group: group,
      log_stream: 's1',
      region: 'eu-west-1',
      account: '123456789012',
      level: 'ERROR',
      request_id: request,
    });
    expect(json).to.include({ text: 'slow' });
    expect(json!.metadata).to.include({ level: 'WARN', request_id: 'r-1' });
    expect(JSON.stringify(json!.metadata.fields)).to.equal('{"cost_ms":12,"__proto__":{"x":1}}');
    expect(report!.metadata.request_id).to.equal(request);
    expect([text!.id, json!.id, report!.id]).to.deep.equal([text!.id, json!.id, report!.id].toSorted());
    expect(text!.id).to.match(/^[\w-]+$/);
  });

  it('gives old events of several groups in the order of time', async () => {
    await serve({ pageSize: 7 });
    for (let i = 0; i < 100; i += 1)
      server.put(`/g/${i % 3}`, `s${i % 5}`, { timestamp: start - (100 - i) * 30_000, message: `line ${i}` });
    const found = events(await read({ logGroupPrefix: '/g/', start: '-1h' }));
    expect(found.map(({ text }) => text)).to.deep.equal(Array.from({ length: 100 }, (_, i) => `line ${i}`));
  });

  it('lets the service filter by pattern and stream', async () => {
    await serve();
    server.put(group, 'blue/1', { timestamp: start - 10, message: 'ERROR one' });
    server.put(group, 'blue/2', { timestamp: start - 9, message: 'INFO two' });
    server.put(group, 'green/1', { timestamp: start - 8, message: 'ERROR three' });
    const found = events(await read({ logGroupPattern: 'LAMBDA', filterPattern: 'ERROR', logStreamPrefix: 'blue/' }));
    expect(found.map(({ text }) => text)).to.deep.equal(['ERROR one']);
  });

  it('finds an event that reaches CloudWatch later than its neighbours, once', async () => {
    await serve();
    server.put(group, 's', { timestamp: start - 1000, message: 'in time' });
    server.put(group, 's', { timestamp: start - 5000, message: 'late', ingested: start + 2 * minute });
    const source = openSource(cloudwatchLogs, { ...fast(), logGroups: [group] }, { io });
    const batches: SourceBatch[] = [];
    while (io.now() < start + 4 * minute) batches.push((await source.iterator.next()).value as SourceBatch);
    source.stop();
    expect((await source.iterator.next()).done).to.equal(true);
    expect(events(batches).map(({ text }) => text)).to.deep.equal(['in time', 'late']);
  });

  it('says up to when there is nothing', async () => {
    await serve();
    server.createGroup(group);
    const source = openSource(cloudwatchLogs, { ...fast(), logGroups: [group], start: 'now', allowedLateness: '30s' }, { io });
    const first = (await source.iterator.next()).value as SourceBatch;
    const second = (await source.iterator.next()).value as SourceBatch;
    source.stop();
    await source.close();
    expect(first).to.deep.include({ records: [], watermark: start - 30_000 });
    expect(second.watermark).to.be.within(start - 20_000, start - 19_000);
  });

  it('makes no more calls a second than allowed, together with the other sources of the same place', async () => {
    await serve();
    io = virtualIo({ start, env: { AWS_REGION: 'eu-west-1' } });
    for (const name of ['/a', '/b', '/c']) server.createGroup(name);
    const calls = () => server.calls.get('FilterLogEvents') ?? 0;
    const slow = { endpoint: server.url, logGroups: ['/a', '/b', '/c'], account: '123456789012', poll: '1s', start: 'now' };
    const sources = [
      openSource(cloudwatchLogs, slow, { io, id: 'one' }),
      openSource(cloudwatchLogs, { ...slow, region: 'eu-west-1' }, { io, id: 'two' }),
    ];
    await Promise.all(
      sources.map(async ({ iterator }) => {
        while (io.now() < start + 2 * minute) await iterator.next();
      }),
    );
    for (const source of sources) source.stop();
    expect(calls()).to.be.within(60, (io.now() - start) / 1000 + 1);
  });

  it('keeps groups of one name in two accounts apart, for good, whoever starts first the next time', async () => {
    const folder = `${process.env.TMPDIR ?? '/tmp'}/caducus-claims-${process.pid}`;
    await serve();
    const other = await startCloudWatchServer({ account: '999999999999' });
    try {
      for (const s of [server, other]) s.put(group, 's', { timestamp: start - 10, message: 'x' });
      const groupId = async (endpoint: string) => {
        const source = openSource(
          cloudwatchLogs,
          { endpoint, callsPerSecond: 100, follow: false, logGroups: [group] },
          { io, dataDir: folder },
        );
        const batches: SourceBatch[] = [];
        for await (const batch of source.batches) batches.push(batch);
        await source.close();
        return events(batches)[0]!.group_id;
      };
      expect([await groupId(server.url), await groupId(other.url)]).to.deep.equal([
        `cloudwatch:${group}`,
        `cloudwatch:999999999999/eu-west-1:${group}`,
      ]);
      expect([await groupId(other.url), await groupId(server.url)]).to.deep.equal([
        `cloudwatch:999999999999/eu-west-1:${group}`,
        `cloudwatch:${group}`,
      ]);
    } finally {
      await other.stop();
      for (const name of await io.files.list(`${folder}/state/cloudwatch-groups`))
        await io.files.remove(`${folder}/state/cloudwatch-groups/${name}`);
    }
  });

  it('qualifies or names groups as told', async () => {
    await serve();
    server.put(group, 's', { timestamp: start - 10, message: 'x' });
    const idWith = async (options: Record<string, unknown>) => events(await read({ logGroups: [group], ...options }))[0]!.group_id;
    expect(await idWith({ qualify: 'always' })).to.equal(`cloudwatch:123456789012/eu-west-1:${group}`);
    expect(await idWith({ account: '111111111111', qualify: 'always' })).to.equal(`cloudwatch:111111111111/eu-west-1:${group}`);
    expect(await idWith({ groupId: 'prod:{log_group}@{region}' })).to.equal(`prod:${group}@eu-west-1`);
  });

  it('hands on each of 10,000 events over 20 streams exactly once, through disorder, late arrivals, faults and three kills', async () => {
    let fail = 0;
    await serve({
      pageSize: 1000,
      // Every fifth call fails, in turn by throttling, a 500 and a cut connection.
      fault: (call) => (call % 5 === 0 ? (['throttle', 'unavailable', 'hangUp'] as const)[(fail += 1) % 3]! : null),
    });
    const expected = new Set<string>();
    for (let i = 0; i < 10_000; i += 1) {
      // Times jump about within a minute; a tenth reaches CloudWatch up to four minutes late.
      const timestamp = start - 20 * minute + i * 200 + ((i * 7919) % minute);
      const late = i % 10 === 0 ? (i * 31) % (4 * minute) : 0;
      expected.add(server.put(`/app/${i % 2}`, `stream-${i % 20}`, { timestamp, message: `event ${i}`, ingested: timestamp + late }));
    }
    const seen: string[] = [];
    let from: Json | null = null;
    const end = start + 25 * minute;
    for (const killAfter of [3_000, 5_500, 7_000, Number.POSITIVE_INFINITY]) {
      const source = openSource(cloudwatchLogs, { ...fast(), logGroups: ['/app/0', '/app/1'], start: '-30m', poll: '2m' }, { io, from });
      while (io.now() < end) {
        const { value } = (await source.iterator.next()) as { value: SourceBatch };
        seen.push(...events([value]).map(({ id }) => id.split('-').at(-1)!));
        // What a checkpoint would hold: the killed process loses nothing it had not written down.
        from = value.position;
        if (seen.length >= killAfter) break;
      }
      source.stop();
      await source.close();
    }
    expect(seen).to.have.lengthOf(10_000);
    expect(new Set(seen)).to.deep.equal(expected);
  });

  it('goes on from an older checkpoint with the same ids, so that what follows can drop the doubles', async () => {
    await serve({ pageSize: 50 });
    for (let i = 0; i < 3000; i += 1) server.put(group, 's', { timestamp: start - 100_000 + i * 20, message: `event ${i}` });
    const all = await read({ logGroups: [group] });
    const again = await read({ logGroups: [group] }, all[0]!.position);
    expect(all.length).to.be.greaterThan(2);
    expect(events(again).map(({ id }) => id)).to.deep.equal(events(all.slice(1)).map(({ id }) => id));
  });

  it('tells each usual failure apart, with what to do', async () => {
    await serve({ fault: (_, action) => (action === 'FilterLogEvents' ? 'denied' : null) });
    server.createGroup(group);
    expect(await failure({ logGroups: [group] }))
      .to.include({ code: 'CAD062', exit: 78 })
      .and.property('message')
      .includes('logs:FilterLogEvents');
    await server.stop();
    await serve({ fault: () => 'expired' });
    expect(await failure({ logGroups: [group] })).to.include({ code: 'CAD063', exit: 78 });
    await server.stop();
    await serve();
    expect(await failure({ logGroups: ['/none'] })).to.include({ code: 'CAD064', exit: 78 });
    expect(await failure({ logGroupPrefix: '/none' })).to.include({ code: 'CAD064', exit: 78 });
    expect(await failure({ logGroups: [group], endpoint: 'http://127.0.0.1:1' })).to.include({ code: 'CAD066', exit: 74 });
    expect(io.now() - start).to.be.lessThan(10_000);
  });

  it('reads a named group without the permission to list groups; its account stays unknown', async () => {
    await serve({ fault: (_, action) => (action === 'DescribeLogGroups' ? 'denied' : null) });
    server.put(group, 's', { timestamp: start - 10, message: 'x' });
    const [event] = events(await read({ logGroups: [group] }));
    expect(event).to.include({ group_id: `cloudwatch:${group}`, text: 'x' });
    expect(event!.metadata).not.to.have.property('account');
  });

  it('signs in anew once when the token has expired', async () => {
    let expired = 1;
    await serve({ fault: () => ((expired -= 1) >= 0 ? 'expired' : null) });
    server.put(group, 's', { timestamp: start - 10, message: 'x' });
    expect(events(await read({ logGroups: [group] }))).to.have.lengthOf(1);
  });

  it('signs anew once where a signature was made too long ago, and no more than once', async () => {
    let late = 1;
    await serve({ fault: () => ((late -= 1) >= 0 ? 'signature' : null) });
    server.put(group, 's', { timestamp: start - 10, message: 'x' });
    expect(events(await read({ logGroups: [group] }))).to.have.lengthOf(1);
    late = 10;
    expect(await failure({ logGroups: [group] })).to.include({ code: 'CAD068' });
  });

  it('begins a pass again whose page token is not known any more, and gives each event once', async () => {
    await serve({ pageSize: 2, fault: (call) => (call % 7 === 0 ? 'page' : null) });
    for (let i = 0; i < 9; i += 1) server.put(group, 's', { timestamp: start - 100 + i, message: `line ${i}` });
    const texts = events(await read({ logGroups: [group] })).map(({ text }) => text);
    expect(texts).to.deep.equal(Array.from({ length: 9 }, (_, i) => `line ${i}`));
  });

  it('gives up on page tokens that are never known', async () => {
    await serve({ pageSize: 2, fault: () => 'page' });
    for (let i = 0; i < 9; i += 1) server.put(group, 's', { timestamp: start - 100 + i, message: `line ${i}` });
    expect(await failure({ logGroups: [group] })).to.include({ code: 'CAD069' });
  });

  /** Calls that ask for the events of that group are refused for as long as it holds. */
  const denies = (name: string, holds: () => boolean) => ({
    fault: (_: number, action: string, body: string) =>
      action === 'FilterLogEvents' && body.includes(`"${name}"`) && holds() ? ('denied' as const) : null,
  });

  it('sets a group aside that may not be read, tells of it, and gives the events of the others', async () => {
    await serve(denies('/g/secret', () => true));
    for (const name of ['/g/a', '/g/secret', '/g/z']) server.put(name, 's', { timestamp: start - 10, message: `line of ${name}` });
    const source = openSource(cloudwatchLogs, { ...fast(), follow: false, logGroupPrefix: '/g/' }, { io });
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    expect(
      events(batches)
        .map(({ text }) => text)
        .toSorted(),
    ).to.deep.equal(['line of /g/a', 'line of /g/z']);
    const rejected = batches.flatMap(({ records }) => records).flatMap((one) => (one.kind === 'rejected' ? [one.rejected] : []));
    expect(rejected.map(({ reason, original }) => [reason, original])).to.deep.equal([
      ['log group set aside: it may not be read', '/g/secret'],
    ]);
    expect(source.trouble?.()?.why).to.match(/^log group \/g\/secret is set aside: logs:FilterLogEvents is not allowed/);
    await source.close();
  });

  it('goes on with a group that may be read again where it was left, and the others never wait for it', async () => {
    let isDenied = false;
    await serve(denies('/g/b', () => isDenied));
    for (let i = 0; i < 40; i += 1)
      for (const name of ['/g/a', '/g/b']) server.put(name, 's', { timestamp: start + i * minute + 1, message: `${name} ${i}` });
    const source = openSource(cloudwatchLogs, { ...fast(), logGroups: ['/g/a', '/g/b'], start: 'now', rediscover: '5m' }, { io });
    const batches: SourceBatch[] = [];
    const until = async (time: number) => {
      while (io.now() < time) batches.push((await source.iterator.next()).value as SourceBatch);
    };
    await until(start + 10 * minute);
    isDenied = true;
    await until(start + 25 * minute);
    const watermark = Math.max(...batches.map((batch) => batch.watermark ?? 0));
    expect(watermark, 'time goes on').to.be.above(start + 20 * minute);
    expect(source.trouble?.()?.why).to.include('/g/b is set aside');
    isDenied = false;
    await until(start + 45 * minute);
    expect(source.trouble?.() ?? null).to.equal(null);
    const texts = events(batches).map(({ text }) => text);
    expect(texts.toSorted()).to.deep.equal(
      ['/g/a', '/g/b'].flatMap((name) => Array.from({ length: 40 }, (_, i) => `${name} ${i}`)).toSorted(),
    );
    source.stop();
    await source.close();
  });

  it('ends where no group at all may be read', async () => {
    await serve({ fault: (_, action) => (action === 'FilterLogEvents' ? 'denied' : null) });
    for (const name of ['/g/a', '/g/b']) server.put(name, 's', { timestamp: start - 10, message: 'x' });
    expect(await failure({ logGroupPrefix: '/g/' })).to.include({ code: 'CAD062', exit: 78 });
  });

  it('hands on what came of pages that never end, says so, and goes on', async () => {
    await serve({ endless: true, pageSize: 3 });
    for (let i = 0; i < 10; i += 1) server.put(group, 's', { timestamp: start - 1000 + i, message: `line ${i}` });
    const source = openSource(cloudwatchLogs, { ...fast(), follow: false, logGroups: [group], patience: '1s' }, { io });
    const batches: SourceBatch[] = [];
    for await (const batch of source.batches) batches.push(batch);
    expect(events(batches).map(({ text }) => text)).to.deep.equal(Array.from({ length: 10 }, (_, i) => `line ${i}`));
    expect(source.trouble?.()?.why).to.equal(`pages of log group ${group} do not end`);
    await source.close();
  });

  it('hands on a burst of one second that no memory should hold at once, each event once', async () => {
    await serve({ pageSize: 10_000 });
    const many = 25_000;
    for (let i = 0; i < many; i += 1) server.put(group, 's', { timestamp: start - 5000 + Math.floor(i / 50), message: `line ${i}` });
    const batches = await read({ logGroups: [group], start: '-1m' });
    const ids = events(batches).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).to.deep.equal([many, many]);
  }).timeout(120_000);

  it('refuses more groups than allowed', async () => {
    await serve();
    for (let i = 0; i < 4; i += 1) server.createGroup(`/g/${i}`);
    expect(await failure({ logGroupPrefix: '/g/', maxLogGroups: 3 }))
      .to.include({ code: 'CAD069' })
      .and.property('message')
      .includes('more than 3');
  });

  describe('without credentials or region', () => {
    awsEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_REGION: undefined });
    it('says what is missing', async () => {
      await serve();
      expect(await failure({ logGroups: [group] })).to.include({ code: 'CAD061', exit: 78 });
      expect(await failure({ logGroups: [group], region: 'eu-west-1' })).to.include({ code: 'CAD060', exit: 78 });
      expect(await failure({ logGroups: [group], region: 'eu-west-1', profile: 'nobody' })).to.include({ code: 'CAD060', exit: 78 });
    });
  });

  describe('with a role that nobody gives out', () => {
    const folder = temporaryFolder();
    const config = folder.file('aws-config');
    before(() => writeFileSync(config, '[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Environment\n'));
    awsEnvironment({ AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' });
    it('gives up within 10 s, although it knows its region', async () => {
      await serve();
      expect(await failure({ logGroups: [group], profile: 'role' })).to.include({ code: 'CAD066', exit: 74 });
      expect(io.now() - start).to.be.lessThan(10_000);
    });
  });
});
