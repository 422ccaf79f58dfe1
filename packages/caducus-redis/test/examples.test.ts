import { expect } from 'chai';
import { Redis } from 'ioredis';
import { incidentLog, PackageExamples } from '../../../test/support/docs/packageExample.ts';
import { sinks, sources } from '../src/index.ts';
import { RedisServer, withRedis } from './support/redisServer.ts';

withRedis('the examples of docs/packages/redis.md', function () {
  this.timeout(60_000);
  let server: RedisServer;
  let client: Redis;
  let examples: PackageExamples;

  before(async () => {
    server = await RedisServer.start();
    client = new Redis(server.url);
    await client.config('SET', 'requirepass', 'secret');
    await client.auth('secret');
  });
  after(async () => {
    client?.disconnect();
    await server?.stop();
  });
  beforeEach(() => void (examples = new PackageExamples('docs/packages/redis.md', { sources, sinks })));
  afterEach(() => examples.close());

  it('read a stream', async () => {
    for (const line of incidentLog) await client.xadd('logs', '*', 'record', line);
    const seen = await examples.run('stream: logs', {
      'redis://redis:6379': server.url,
      '/run/secrets/redis': examples.put('password', 'secret'),
      'stream: logs,': 'stream: logs, follow: false,',
    });
    expect(seen.filter((record) => 'text' in (record as object))).to.have.length(incidentLog.length);
  });

  it('add what was found', async () => {
    await examples.run('caducus:{kind}', {
      ...examples.log,
      '"redis://redis:6379"': `"${server.url}", password: secret`,
    });
    const radars = await client.xrange('caducus:radar', '-', '+');
    expect(radars.length).to.be.at.least(8);
    expect(radars.map(([, fields]) => fields.join(' ')).join('\n')).to.contain('card declined');
  });
});
