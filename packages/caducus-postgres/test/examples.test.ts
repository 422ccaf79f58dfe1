import { expect } from 'chai';
import postgresjs from 'postgres';
import { PackageExamples } from '../../../test/support/docs/packageExample.ts';
import { sinks } from '../src/index.ts';
import { PostgresServer, withPostgres } from './support/postgresServer.ts';

withPostgres('the example of docs/packages/postgres.md', function () {
  this.timeout(60_000);
  let server: PostgresServer;
  let examples: PackageExamples;

  before(async () => {
    server = await PostgresServer.start();
    examples = new PackageExamples('docs/packages/postgres.md', { sinks });
  });
  after(async () => {
    examples?.close();
    await server?.stop();
  });

  it('writes rows that the questions of the page find', async () => {
    await examples.run('postgres://radar@db', {
      ...examples.log,
      'postgres://radar@db:5432/ops': server.url,
      '/run/secrets/radar': examples.put('password', 'secret'),
      // The server of the tests speaks no TLS here; that has a test of its own.
      ', tls: { ca_file: /etc/ssl/db.pem }': '',
    });
    const sql = postgresjs(server.url, { password: 'secret' });
    const labels = await sql`select time, blip->>'label' as label, blip->>'score' as score
      from caducus_records, jsonb_array_elements(record->'blips') as blip where kind = 'radar'`;
    await sql.end();
    expect(labels.map(({ label }) => String(label)).join('\n')).to.contain('card declined');
  });
});
