import { expect } from 'chai';
import { sinks, sources } from '../src/index.ts';

const source = (options: object) => sources[0]!.spec.options.safeParse({ stream: 'LOGS', ...options });
const sink = (options: object) => sinks[0]!.spec.options.safeParse(options);
const problem = (result: ReturnType<typeof sink>) =>
  result.error?.issues.map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ') ?? 'none';

describe('the options of nats', () => {
  it('need little: a stream to read, nothing to publish', () => {
    expect(source({}).data).to.deep.include({ servers: 'nats://127.0.0.1:4222', start: 'all', follow: true, ackWait: 120_000 });
    expect(sink({}).data).to.deep.include({ subject: 'caducus.{kind}', select: ['finding'] });
  });

  it('take no secrets in an address, which ends up in logs', () => {
    for (const servers of ['nats://me:secret@host:4222', ['nats://ok:4222', 'nats://token@host']])
      expect(problem(source({ servers }))).to.contain('servers');
    for (const servers of ['host', 'host:4222', 'tls://host:4222', ['nats://a', 'nats://b'], 'nats://[::1]:4222'])
      expect(problem(source({ servers }))).to.equal('none');
  });

  it('take one way to prove who one is', () => {
    expect(problem(sink({ token: 't', user: 'u', password: 'p' }))).to.contain('token and user exclude each other');
    expect(problem(source({ credentialsFile: 'a.creds', tokenFile: 't' }))).to.contain('credentials_file and token exclude each other');
    expect(problem(sink({ user: 'u', passwordFile: 'p' }))).to.equal('none');
    expect(problem(sink({ tls: { certFile: 'c.pem' } }))).to.contain('give cert_file and key_file together');
  });

  it('take names and subjects as JetStream has them', () => {
    for (const stream of ['a.b', 'a b', 'a*', '']) expect(problem(source({ stream }))).to.contain('stream');
    for (const subject of ['a b', 'a.*', 'a.>', '.a', 'a..b', '{group}']) expect(problem(sink({ subject }))).to.contain('subject');
    for (const subject of ['alerts', 'ops.{kind}.eu', '{kind}']) expect(problem(sink({ subject }))).to.equal('none');
    expect(problem(source({ start: 'yesterday' }))).to.contain('start');
    expect(source({ start: '2026-03-14T00:00:00Z' }).data).to.deep.include({ start: Date.UTC(2026, 2, 14) });
  });
});
