import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeConfig } from '../src/connect.ts';
import { kafkaSourceOptions } from '../src/readOptions.ts';

describe('what the client of kafka is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caducus-kafka-'));
  after(() => rmSync(folder, { recursive: true }));
  const config = (given: object) => makeConfig(kafkaSourceOptions.parse({ topics: 'logs', ...given }), nodeIo().files, 'sources.in');
  const refused = (given: object) => kafkaSourceOptions.safeParse({ topics: 'logs', ...given }).error?.issues[0]?.message ?? '';

  it('has a broker or several, and neither TLS nor SASL where nothing is said', async () => {
    expect(await config({ brokers: 'a:9092' }))
      .to.deep.include({ brokers: ['a:9092'] })
      .and.not.have.any.keys('ssl', 'sasl');
    expect(await config({ brokers: ['a:1', '[::1]:2'] })).to.deep.include({ brokers: ['a:1', '[::1]:2'] });
  });

  it('has the password and the certificates that stand in files', async () => {
    for (const name of ['secret', 'ca', 'cert', 'key']) writeFileSync(join(folder, name), `${name} in a file\n`);
    const made = await config({
      user: 'radar',
      passwordFile: join(folder, 'secret'),
      mechanism: 'plain',
      tls: { caFile: join(folder, 'ca'), certFile: join(folder, 'cert'), keyFile: join(folder, 'key') },
    });
    expect(made.sasl).to.deep.equal({ mechanism: 'plain', username: 'radar', password: 'secret in a file' });
    expect(made.ssl).to.deep.equal({ ca: 'ca in a file\n', cert: 'cert in a file\n', key: 'key in a file\n' });
    expect((await config({ tls: {} })).ssl).to.deep.equal({ ca: undefined, cert: undefined, key: undefined });
  });

  it('names the file that cannot be read', async () => {
    const message = await config({ user: 'a', passwordFile: join(folder, 'absent') }).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).to.match(/CAD011.*absent/s);
  });

  it('is refused where options contradict each other, or name no broker or topic', () => {
    expect(refused({ user: 'a' })).to.include('user needs a password');
    expect(refused({ password: 'a' })).to.include('a password a user');
    expect(refused({ user: 'a', password: 'b', passwordFile: 'c' })).to.include('one of password and password_file');
    expect(refused({ tls: { certFile: 'a' } })).to.include('tls.cert_file needs tls.key_file');
    expect(refused({ brokers: 'kafka' })).not.to.equal('');
    expect(refused({ brokers: 'kafka://a:9092' })).not.to.equal('');
    expect(refused({ topics: 'a/b' })).not.to.equal('');
  });
});
