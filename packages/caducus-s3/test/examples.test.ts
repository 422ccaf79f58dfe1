import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { incidentLog, PackageExamples } from '../../../test/support/docs/packageExample.ts';
import { awsEnvironment } from '../../../test/support/servers/awsEnvironment.ts';
import { sources } from '../src/index.ts';

describe('the example of docs/packages/s3.md', function () {
  awsEnvironment();
  this.timeout(60_000);
  let server: FauxqsServer;
  let examples: PackageExamples;

  before(async () => {
    server = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
    examples = new PackageExamples('docs/packages/s3.md', { sources });
  });
  after(async () => {
    examples?.close();
    await server?.stop();
  });

  it('reads the objects of a bucket', async () => {
    const endpoint = `http://127.0.0.1:${server.port}`;
    server.createBucket('shop-logs');
    const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
    const store = new S3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, credentials });
    for (let minute = 0; minute < 10; minute += 1) {
      const Key = `AWSLogs/123456789012/elasticloadbalancing/2026/03/14/app_20260314T030${minute}Z.log`;
      const Body = incidentLog.slice(minute * 60, minute * 60 + 60).join('\n');
      await store.send(new PutObjectCommand({ Bucket: 'shop-logs', Key, Body }));
    }
    store.destroy();
    const seen = await examples.run('elasticloadbalancing', { 'region: eu-west-1,': `region: eu-west-1, endpoint: "${endpoint}",` });
    expect(seen.filter((record) => 'text' in (record as object))).to.have.length(incidentLog.length);
  });
});
