import { expect } from 'chai';
import { incidentLog, PackageExamples } from '../../../test/support/docs/packageExample.ts';
import { sinks, sources } from '../src/index.ts';
import { NatsServer, withNats } from './support/natsServer.ts';

withNats('the examples of docs/packages/nats.md', () => {
  let server: NatsServer;
  let client: Awaited<ReturnType<NatsServer['client']>>;
  let examples: PackageExamples;

  before(async () => {
    server = await NatsServer.start();
    client = await server.client();
  });
  after(() => server?.stop());
  beforeEach(() => void (examples = new PackageExamples('docs/packages/nats.md', { sources, sinks })));
  afterEach(() => examples.close());

  it('read a stream', async () => {
    await client.jsm.streams.add({ name: 'LOGS', subjects: ['logs.>'] });
    for (const line of incidentLog) await client.js.publish('logs.shop', line);
    const seen = await examples.run('subject: "logs.>"', {
      'nats://nats:4222': server.url,
      'stream: LOGS,': 'stream: LOGS, follow: false,',
    });
    expect(seen.filter((record) => 'text' in (record as object))).to.have.length(incidentLog.length);
  });

  it('publish what was found', async () => {
    await client.jsm.streams.add({ name: 'CADUCUS', subjects: ['caducus.>'] });
    await examples.run('caducus.{kind}', { ...examples.log, 'nats://nats:4222': server.url });
    expect((await client.jsm.streams.info('CADUCUS')).state.messages).to.be.at.least(8);
  });
});
