import { expect } from 'chai';
import { allowOrigin, checkHost, checkOrigin, checkViewer, makeCookie, type GuardOptions } from '../../../src/web/api/guard.ts';

const open: GuardOptions = { token: null, hosts: ['radar.example'], origins: ['https://wiki.example'], userHeader: null, ackUsers: [] };
const token = 'a-long-token';
const cookie = makeCookie(token, false).split(';')[0]!;
const proxied: GuardOptions = { ...open, userHeader: 'X-Forwarded-User', ackUsers: ['oncall'] };
const asked = (headers: Partial<Record<string, string>>) => ({ headers });

describe('checkHost', () => {
  const hosts: [host: string | undefined, allowed: boolean][] = [
    ['127.0.0.1:9464', true],
    ['10.1.2.3', true],
    ['[::1]:9464', true],
    ['localhost:9464', true],
    ['radar.localhost', true],
    ['Radar.Example:443', true],
    ['evil.example', false],
    ['radar.example.evil', false],
    ['127.0.0.1.evil.example', false],
    ['', false],
    [undefined, false],
  ];
  for (const [host, allowed] of hosts)
    it(`${host ?? 'no name'} is ${allowed ? 'one of ours' : 'a stranger'}`, () =>
      expect(checkHost(host === undefined ? {} : { host }, open) === null).to.equal(allowed));
});

describe('checkViewer', () => {
  it('lets everybody in who can reach it, where nothing is asked', () => {
    expect(checkViewer(asked({}), open)).to.deep.equal({ role: 'ack', who: null });
  });

  it('asks for the token, as a cookie that does not tell it or as a bearer', () => {
    const options = { ...open, token };
    expect(cookie).not.to.contain(token);
    for (const headers of [{ cookie }, { cookie: `a=b; ${cookie}` }, { authorization: `Bearer ${token}` }])
      expect(checkViewer(asked(headers), options)).to.deep.equal({ role: 'ack', who: null });
    for (const headers of [
      {},
      { cookie: `${cookie.split('=')[0]}=${token}` },
      { cookie: `${cookie.split('=')[0]}=` },
      { cookie: makeCookie('the-token-of-another', false).split(';')[0]! },
      { authorization: 'Bearer wrong' },
      { authorization: token },
    ])
      expect(checkViewer(asked(headers as Record<string, string>), options)).to.deep.equal({ status: 401, why: 'a token is needed' });
  });

  it('of two radars of one machine each has a cookie of its own: who enters one stays in the other', () => {
    const other = makeCookie('the-token-of-another', false).split(';')[0]!;
    const both = { cookie: `${other}; ${cookie}` };
    expect(cookie.split('=')[0]).not.to.equal(other.split('=')[0]);
    for (const known of [token, 'the-token-of-another'])
      expect(checkViewer(asked(both), { ...open, token: known })).to.deep.equal({ role: 'ack', who: null });
  });

  it('believes a proxy who is looking: some may answer, the others look, nobody is nobody', () => {
    expect(checkViewer(asked({ 'x-forwarded-user': 'oncall' }), proxied)).to.deep.equal({ role: 'ack', who: 'oncall' });
    expect(checkViewer(asked({ 'x-forwarded-user': 'guest' }), proxied)).to.deep.equal({ role: 'view', who: 'guest' });
    expect(checkViewer(asked({ 'x-forwarded-user': 'guest' }), { ...proxied, ackUsers: [] })).to.include({ role: 'ack' });
    for (const headers of [{}, { 'x-forwarded-user': ' ' }])
      expect(checkViewer(asked(headers as Record<string, string>), proxied)).to.include({ status: 401 });
  });
});

describe('checkOrigin', () => {
  const own = { host: '127.0.0.1:9464', origin: 'http://127.0.0.1:9464', 'x-caducus': '1' };
  const cases: [what: string, headers: Record<string, string>, allowed: boolean][] = [
    ['the page itself', own, true],
    ['a page that was allowed', { ...own, origin: 'https://wiki.example' }, true],
    ['another port of this machine', { ...own, origin: 'http://127.0.0.1:1' }, false],
    ['a page of somebody', { ...own, origin: 'https://evil.example' }, false],
    ['a sandboxed frame', { ...own, origin: 'null' }, false],
    ['a form, which can send no header', { host: own.host, origin: own.origin }, false],
    ['who does not say where it comes from', { host: own.host, 'x-caducus': '1' }, false],
  ];
  for (const [what, headers, allowed] of cases)
    it(`${what} may ${allowed ? '' : 'not '}change something`, () => expect(checkOrigin(asked(headers), open) === null).to.equal(allowed));

  it('says what would let in a page that a proxy shows under another name', () => {
    const given = { ...own, host: '127.0.0.1:9464', origin: 'https://radar.example/x' };
    expect(checkOrigin(asked(given), open)?.why).to.equal(
      'https://radar.example is no page of this radar: where it is shown under that name, add it to http_origins',
    );
    expect(checkOrigin(asked({ ...own, origin: '<b>' }), open)?.why).to.match(/^what asks is no page/);
  });

  it('a program that shows the token needs no page', () => {
    expect(checkOrigin(asked({ authorization: `Bearer ${token}` }), { ...open, token })).to.equal(null);
    expect(checkOrigin(asked({ authorization: `Bearer ${token}` }), open)).not.to.equal(null);
  });
});

describe('allowOrigin', () => {
  it('lets pages of allowed origins read, and names no other', () => {
    expect(allowOrigin({ origin: 'https://wiki.example' }, open)).to.include({ 'access-control-allow-origin': 'https://wiki.example' });
    expect(allowOrigin({ origin: 'https://evil.example' }, open)).not.to.have.property('access-control-allow-origin');
  });
});
