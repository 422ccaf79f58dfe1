import { Server, ServerCredentials } from '@grpc/grpc-js';
import { expect } from 'chai';
import { PackageExamples } from '../../../test/support/docs/packageExample.ts';
import { localCertificate, localKey } from '../../../test/support/servers/localCertificate.ts';
import { readOtlp } from '../../../src/sources/http/shippers/otlp.ts';
import { exportLogs } from '../src/logsService.ts';
import { sinks, sources } from '../src/index.ts';

describe('the example of docs/packages/otlp-grpc.md', function () {
  this.timeout(60_000);
  let examples: PackageExamples;
  let server: Server;
  const taken: string[] = [];

  before(() => {
    examples = new PackageExamples('docs/packages/otlp-grpc.md', { sources, sinks });
    server = new Server();
    server.addService(
      { export: exportLogs },
      {
        export: (call: { request: Buffer }, answer: (error: null, value: Buffer) => void) => {
          taken.push(...readOtlp(call.request, true).map(({ fields }) => String(fields['message'])));
          answer(null, Buffer.alloc(0));
        },
      },
    );
  });
  after(() => {
    server.forceShutdown();
    examples.close();
  });

  it('exports what was found to a receiver with a certificate', async () => {
    const pair = { private_key: Buffer.from(localKey), cert_chain: Buffer.from(localCertificate) };
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('localhost:0', ServerCredentials.createSsl(null, [pair]), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    await examples.run('collector:4317', {
      ...examples.log,
      'collector:4317': `localhost:${port}`,
      '/etc/ssl/collector.pem': examples.put('ca.pem', localCertificate),
    });
    expect(taken.join('\n')).to.contain('card declined');
  });
});
