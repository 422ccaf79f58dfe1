import { expect } from 'chai';
import { openLogsApi, parseGroupArn } from '../../../src/sources/cloudwatch/logsApi.ts';
import { cloudWatchOptions } from '../../../src/sources/cloudwatch/options.ts';
import { awsEnvironment } from '../../support/servers/awsEnvironment.ts';
import { startCloudWatchServer, type CloudWatchServer, type CloudWatchServerOptions } from '../../support/servers/cloudwatchServer.ts';
import { virtualIo } from '../../support/virtualIo.ts';

describe('the ARN of a log group', () => {
  const bare = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/auth';
  for (const [what, arn, name] of [
    ['as the console shows it', bare, '/aws/lambda/auth'],
    ['with its streams', `${bare}:*`, '/aws/lambda/auth'],
    ['of another partition', bare.replace('aws', 'aws-cn'), '/aws/lambda/auth'],
  ] as const) {
    it(`names account, region and group: ${what}`, () => {
      expect(parseGroupArn(arn)).to.deep.equal({ name: arn, account: '123456789012', region: 'eu-west-1', bare: name });
    });
  }
  for (const text of ['/aws/lambda/auth', '', 'arn:aws:sqs:eu-west-1:123456789012:queue', bare.replace('123456789012', '12')]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(parseGroupArn(text)).to.equal(null);
    });
  }
});

describe('the API of CloudWatch Logs', () => {
  awsEnvironment();
  let server: CloudWatchServer;
  const open = async (options: object = {}, how: CloudWatchServerOptions = {}) => {
    server = await startCloudWatchServer(how);
    const io = virtualIo();
    const parsed = cloudWatchOptions.parse({ endpoint: server.url, callsPerSecond: 100, logGroups: ['/g'], ...options });
    const api = await openLogsApi(parsed, { io, id: 'cw', signal: new AbortController().signal, failing: undefined });
    return { api, io };
  };
  afterEach(() => server.stop());

  it('lists groups over several pages, with account and region', async () => {
    const { api } = await open({ maxLogGroups: 100 });
    for (let i = 0; i < 60; i += 1) server.createGroup(`/g/${String(i).padStart(2, '0')}`);
    const groups = await api.groups({ prefix: '/g/' });
    expect(groups).to.have.lengthOf(60);
    expect(groups[59]).to.deep.equal({ name: '/g/59', account: '123456789012', region: 'eu-west-1' });
    expect(server.calls.get('DescribeLogGroups')).to.equal(2);
    api.close();
  });

  it('asks for no further page once there are more groups than allowed', async () => {
    const { api } = await open({ maxLogGroups: 10 });
    for (let i = 0; i < 200; i += 1) server.createGroup(`/g/${i}`);
    expect(await api.groups({ prefix: '/g/' })).to.have.lengthOf(50);
    expect(server.calls.get('DescribeLogGroups')).to.equal(1);
    api.close();
  });

  it('reads a stretch of time without its end, page by page, by name or by ARN', async () => {
    const { api } = await open({}, { pageSize: 2 });
    for (const timestamp of [9, 10, 11, 12, 20]) server.put('/g', 's', { timestamp, message: `at ${timestamp}` });
    const query = { group: '/g', start: 10, end: 20 };
    const first = await api.events({ ...query, token: undefined });
    const second = await api.events({ ...query, token: first.token });
    expect([first, second].map(({ events }) => events.map(({ message }) => message))).to.deep.equal([['at 10', 'at 11'], ['at 12']]);
    expect(second.token).to.equal(undefined);
    const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/g:*';
    expect((await api.events({ group: arn, start: 20, end: 21, token: undefined })).events[0]!.message).to.equal('at 20');
    api.close();
  });

  it('leaves the choice of streams and words to the service', async () => {
    const { api } = await open({ logStreamPrefix: 'blue/', filterPattern: 'ERROR' });
    for (const [stream, message] of [
      ['blue/1', 'ERROR one'],
      ['blue/1', 'INFO two'],
      ['green/1', 'ERROR three'],
    ] as const)
      server.put('/g', stream, { timestamp: 5, message });
    const { events } = await api.events({ group: '/g', start: 0, end: 10, token: undefined });
    expect(events.map(({ message }) => message)).to.deep.equal(['ERROR one']);
    api.close();
  });

  it('has its region from the environment, and no account where the keys name none', async () => {
    const { api } = await open();
    expect([await api.region(), await api.account()]).to.deep.equal(['eu-west-1', null]);
    api.close();
  });

  it('makes a new client after a token has expired, and takes a turn for each call', async () => {
    let calls = 0;
    const { api, io } = await open({ callsPerSecond: 1 }, { fault: () => ((calls += 1) === 1 ? 'expired' : null) });
    server.createGroup('/g');
    const begin = io.now();
    expect((await api.events({ group: '/g', start: 0, end: 10, token: undefined })).events).to.deep.equal([]);
    expect([calls, io.now() - begin]).to.deep.equal([2, 1000]);
    api.close();
  });

  it('makes its share of the calls a second where other processes read other parts, each part by itself', async () => {
    server = await startCloudWatchServer();
    server.createGroup('/g');
    const took = await Promise.all(
      [0.25, 0.75].map(async (share, index) => {
        const io = virtualIo();
        const options = cloudWatchOptions.parse({ endpoint: server.url, callsPerSecond: 1, logGroups: ['/g'] });
        const context = { io, id: 'cw', signal: new AbortController().signal, failing: undefined, part: { index, of: 2 } };
        const api = await openLogsApi(options, { ...context, share: () => share });
        const begin = io.now();
        for (let i = 0; i < 4; i += 1) await api.events({ group: '/g', start: 0, end: 10, token: undefined });
        api.close();
        return Math.round(io.now() - begin);
      }),
    );
    expect(took).to.deep.equal([12_000, 4_000]);
  });
});
