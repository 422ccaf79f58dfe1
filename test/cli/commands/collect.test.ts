// One file, because one store and two stand-ins of services serve every case.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as realTime } from 'node:timers/promises';
import { expect } from 'chai';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { main } from '../../../src/cli/program.ts';
import { awsEnvironment } from '../../support/servers/awsEnvironment.ts';
import { startCloudWatchServer, type CloudWatchServer } from '../../support/servers/cloudwatchServer.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { virtualIo } from '../../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const minute = 60_000;
/** Between two commands: more than the clock, which every sleep moves, runs ahead in one on a busy machine. */
const between = 20 * minute;

describe('caducus collect', () => {
  awsEnvironment();
  const folder = temporaryFolder();
  let servers: CloudWatchServer[] = [];
  let queues: FauxqsServer;
  let client: SQSClient;
  let made = 0;
  before(async () => {
    queues = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
    client = new SQSClient({
      endpoint: `http://127.0.0.1:${queues.port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
  });
  after(async () => {
    client.destroy();
    await queues.stop();
  });
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
  });
  const logs = async (options: Parameters<typeof startCloudWatchServer>[0] = {}) => {
    const server = await startCloudWatchServer(options);
    servers.push(server);
    return server;
  };
  const cloudwatch = (server: CloudWatchServer, more = '') =>
    `{ cloudwatch-logs: { log_groups: [/aws/lambda/auth], endpoint: "${server.url}", calls_per_second: 100${more} } }`;
  // The queue stamps its messages by the wall clock, which is far ahead of the test's.
  const dead = (queueUrl: string, more = '') =>
    `{ sqs: { queue_url: "${queueUrl}", endpoint: "http://127.0.0.1:${queues.port}", wait: 0s, max_future_skew: 36500d${more} } }`;
  const file = (name: string) => `{ file: { path: "${folder.file(name)}", format: ndjson } }`;

  /** A data folder of its own, and a way to run command lines on it with these collectors. */
  function house(collectors: Record<string, string>) {
    const data = folder.file(`house-${(made += 1)}`);
    const config = `${data}.yml`;
    const configure = (now: Record<string, string>) =>
      writeFileSync(
        config,
        `collectors:\n${Object.entries(now)
          .map(([id, text]) => `  ${id}: ${text}\n`)
          .join('')}`,
      );
    configure(collectors);
    let commands = -1;
    const caducus = async (...args: string[]) => {
      let err = '';
      const io = virtualIo({ start: start + between * (commands += 1), env: { HOME: '/nonexistent' } });
      const stderr = { ...io.stderr, write: async (text: string) => ((err += text), true) };
      // Sleeps end at once, and move the clock; the one between two lines of news would move it through days.
      const sleep: typeof io.sleep = (ms, signal) =>
        ms < minute
          ? io.sleep(ms, signal)
          : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true }));
      const exit = await main([...args, '-c', config, '--data-dir', data], '0.0.0-test', { ...io, stderr, sleep });
      return { exit, out: io.stdout.text, err };
    };
    const groups = async () =>
      (JSON.parse((await caducus('groups', '--json')).out) as { group_id: string; events: number }[]).map(({ group_id: group, events }) => [
        group,
        events,
      ]);
    return { caducus, groups, configure, data };
  }

  it('brings what its collectors give into the store, says what came from where, and gives nothing twice', async () => {
    const server = await logs();
    for (let i = 0; i < 30; i += 1) server.put('/aws/lambda/auth', 's', { timestamp: start - i * 1000, message: `INFO login ${i}` });
    const { queueUrl } = queues.createQueue('orders-dlq', { region: 'eu-west-1' });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'PutBlock timed out' }));
    const { caducus, groups } = house({ auth: cloudwatch(server, ', overlap: 3h'), dead: dead(queueUrl) });
    const first = await caducus('collect', '--once');
    expect(first.exit, first.err).to.equal(0);
    expect(first.out)
      .to.match(/ {7}30 {2}2026-03-14 02:59:31Z {2}2026-03-14 03:00:00Z {2}auth {2}done {3}cloudwatch-logs\n/)
      .and.to.match(/dead {2}done {3}sqs\n.*sqs-dlq:orders-dlq\n +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +when the first expires\n/);
    const letter = JSON.parse((await caducus('events', '--group', 'sqs-dlq:orders-dlq', '--json')).out) as {
      metadata: { sent: string; expires_at: string };
    };
    expect(Date.parse(letter.metadata.expires_at) - Date.parse(letter.metadata.sent)).to.equal(4 * 86_400_000);
    expect(await groups()).to.deep.equal([
      ['cloudwatch:/aws/lambda/auth', 30],
      ['sqs-dlq:orders-dlq', 1],
    ]);
    server.put('/aws/lambda/auth', 's', { timestamp: start - 500, message: 'late' });
    const again = JSON.parse((await caducus('collect', '--once', '--json')).out) as { collectors: { id: string; events: number }[] };
    expect(again.collectors.map(({ id, events }) => [id, events])).to.deep.equal([
      ['auth', 1],
      ['dead', 0],
    ]);
    expect((await caducus('analyze', '--group-id', 'cloudwatch:/aws/lambda/auth')).out).to.match(
      /^Group: cloudwatch:\/aws\/lambda\/auth {2}Texts: 31/,
    );
    expect((await caducus('radar')).out).to.match(/^RADAR/);
  });

  it('goes on with the others when one fails, and says which', async () => {
    writeFileSync(folder.file('a.ndjson'), '{"timestamp":"2026-03-14T02:00:00Z","text":"x","group_id":"app:a"}\n');
    const { caducus, groups } = house({ a: file('a.ndjson'), gone: file('nowhere.ndjson') });
    const { exit, out, err } = await caducus('collect');
    expect(exit).to.equal(74);
    expect(err)
      .to.match(/^gone: .*CAD010/m)
      .and.to.match(/^gone failed; what the others gave is stored/m);
    expect(out).to.match(/gone {2}failed {2}CAD010/);
    expect(await groups()).to.deep.equal([['app:a', 1]]);
  });

  it('keeps a state for each: a collector that is added, or has other names, disturbs none', async () => {
    writeFileSync(folder.file('a.ndjson'), '{"timestamp":"2026-03-14T02:00:00Z","text":"x","host":"dn2"}\n');
    writeFileSync(folder.file('b.ndjson'), '{"timestamp":"2026-03-14T02:00:00Z","text":"y"}\n');
    const { caducus, groups, configure, data } = house({ a: file('a.ndjson') });
    await caducus('collect');
    configure({ a: file('a.ndjson').replace(/}$/, ', group_id: "prod:{host}" }'), b: file('b.ndjson') });
    const { exit, err } = await caducus('collect');
    expect(exit, err).to.equal(0);
    expect((await groups()).map(([, events]) => events)).to.deep.equal([1, 1]);
    expect(readdirSync(`${data}/state`).filter((name) => name.startsWith('collect-'))).to.deep.equal(['collect-a', 'collect-b']);
    writeFileSync(
      folder.file('a.ndjson'),
      '{"timestamp":"2026-03-14T02:00:00Z","text":"x","host":"dn2"}\n{"timestamp":"2026-03-14T02:01:00Z","text":"z","host":"dn2"}\n',
    );
    await caducus('collect');
    expect((await groups()).map(([group]) => group)).to.include('prod:dn2');
  });

  it('never merges a log group with one of the same name in another account or region', async () => {
    const here = await logs();
    const there = await logs({ account: '210987654321', region: 'us-east-1' });
    for (const [i, server] of [here, there].entries())
      server.put('/aws/lambda/auth', 's', { timestamp: start - 1000, message: `from ${i}` });
    const { caducus, groups } = house({ here: cloudwatch(here), there: cloudwatch(there, ', region: us-east-1') });
    for (const id of ['here', 'there']) await caducus('collect', '--once', '--collector', id);
    expect(await groups()).to.deep.equal([
      ['cloudwatch:/aws/lambda/auth', 1],
      ['cloudwatch:210987654321/us-east-1:/aws/lambda/auth', 1],
    ]);
  });

  it('reads and counts in a dry run, and leaves everything as it was', async () => {
    const server = await logs();
    server.put('/aws/lambda/auth', 's', { timestamp: start - 1000, message: 'x' });
    const { queueUrl, queueName } = queues.createQueue('dry-dlq', { region: 'eu-west-1' });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'PutBlock timed out' }));
    const { caducus, groups } = house({ auth: cloudwatch(server), dead: dead(queueUrl, ', delete: on_checkpoint, visibility: 1s') });
    const dry = JSON.parse((await caducus('collect', '--once', '--dry-run', '--json')).out) as {
      dry_run: boolean;
      collectors: { events: number }[];
    };
    expect(dry.collectors.map(({ events }) => events)).to.deep.equal([1, 1]);
    const { ready, delayed, inflight } = queues.inspectQueue(queueName)!.messages;
    expect(ready.length + delayed.length + inflight.length).to.equal(1);
    expect(await groups()).to.deep.equal([]);
    expect((await caducus('collect', '--once', '--collector', 'auth', '--json')).out).to.include('"events":1');
  });

  it('keeps what the retention of the configuration lets it, by age and by size, and says what went', async () => {
    const line = (day: number) =>
      `{"timestamp":"2026-03-${String(day).padStart(2, '0')}T12:00:00Z","text":"x ${day}","group_id":"app:a"}\n`;
    writeFileSync(folder.file('days.ndjson'), [10, 11, 12, 13, 14].map(line).join(''));
    const stored = (data: string) => readdirSync(`${data}/segments/app%3Aa`).map((name) => name.slice(8, 10));
    const { caducus, data } = house({ a: file('days.ndjson') });
    const { exit, out, err } = await caducus('collect', '--retention-max-age', '2d');
    expect(exit, err).to.equal(0);
    expect(stored(data)).to.deep.equal(['12', '13', '14']);
    expect(out).to.match(/^ +2 old files removed$/m);
    const small = house({ a: file('days.ndjson') });
    expect((await small.caducus('collect', '--set', 'retention_max_bytes=300')).exit).to.equal(0);
    expect(stored(small.data)).to.deep.equal(['13', '14']);
    const everything = house({ a: file('days.ndjson') });
    await everything.caducus('collect');
    expect(stored(everything.data)).to.have.lengthOf(5);
    expect(await small.caducus('collect', '--retention-max-age', 'long'))
      .to.include({ exit: 78 })
      .and.property('err')
      .includes('such as 14d');
  });

  it('begins where --since says, when there is no cursor yet', async () => {
    const server = await logs();
    for (let i = 1; i <= 30; i += 1) server.put('/aws/lambda/auth', 's', { timestamp: start - i * minute, message: `m ${i}` });
    const { caducus, groups } = house({ auth: cloudwatch(server) });
    await caducus('collect', '--once', '--since', '-10m');
    expect(await groups()).to.deep.equal([['cloudwatch:/aws/lambda/auth', 10]]);
    await caducus('collect', '--once', '--since', '-1h');
    expect(await groups()).to.deep.equal([['cloudwatch:/aws/lambda/auth', 10]]);
  });

  it('goes on with --follow until it is stopped, and then says what came', async () => {
    const line = (text: string) => `{"timestamp":"2026-03-14T02:00:00Z","text":"${text}","group_id":"app:a"}\n`;
    writeFileSync(folder.file('growing.ndjson'), line('x'));
    const { caducus, data } = house({ a: file('growing.ndjson') });
    const stored = () => {
      const path = `${data}/segments/app%3Aa`;
      return existsSync(path)
        ? readdirSync(path)
            .map((name) => readFileSync(`${path}/${name}`, 'utf8'))
            .join('')
        : '';
    };
    const until = async (text: string) => {
      for (let waited = 0; !stored().includes(text) && waited < 1000; waited += 1) await realTime(5);
    };
    const running = caducus('collect', '--follow', '--drain-timeout', '10m');
    await until('"x"');
    appendFileSync(folder.file('growing.ndjson'), line('y'));
    await until('"y"');
    process.emit('SIGTERM', 'SIGTERM');
    const { exit, out, err } = await running;
    expect(exit, err).to.equal(0);
    expect(out).to.match(/^ +2 .*a {3}stopped {2}file\n +2 +app:a$/m);
  });

  it('leaves out a listener with --once, since it never ends', async () => {
    const { caducus } = house({ alerts: '{ http: { listen: "127.0.0.1:0" } }' });
    const { exit, err } = await caducus('collect', '--once');
    expect(exit).to.equal(0);
    expect(err).to.equal('alerts: http listens until it is stopped; --once leaves it out.\n');
  });

  it('points at file, line and column of what is wrong in collectors', async () => {
    const { caducus } = house({ auth: '{ cloudwatch-logs: { log_grops: [/a] } }', dead: '{ sqss: {} }' });
    const { exit, err } = await caducus('collect');
    expect(exit).to.equal(78);
    expect(err)
      .to.match(/house-\d+\.yml:2:30 {2}error CAD014 .*unknown key "log_grops"/)
      .and.to.match(/:3:11 {2}error CAD016 .*unknown source "sqss"/)
      .and.to.include('did you mean "sqs"?');
  });

  it('says how to name collectors when there are none, and which there are', async () => {
    mkdirSync(folder.file('empty'), { recursive: true });
    expect(await house({}).caducus('collect'))
      .to.include({ exit: 78 })
      .and.property('err')
      .includes('names no collectors');
    const { exit, err } = await house({ auth: file('a.ndjson') }).caducus('collect', '--collector', 'aut');
    expect(exit).to.equal(64);
    expect(err).to.include('did you mean "auth"?');
  });
});
