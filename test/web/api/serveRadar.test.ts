import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { startBoard } from '../../../src/board/board.ts';
import { viewBoard } from '../../../src/board/viewBoard.ts';
import { CaducusError } from '../../../src/errors.ts';
import { nodeIo } from '../../../src/io.ts';
import type { Mark } from '../../../src/signal.ts';
import { Assets } from '../../../src/web/api/assets.ts';
import type { RadarApi } from '../../../src/web/api/radarApi.ts';
import { radarAnswer } from '../../../src/web/api/routes.ts';
import { serveRadar, type RadarServer, type ServeRadarOptions } from '../../../src/web/api/serveRadar.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const token = 'a-long-token';
const seen: unknown[] = [];
const view = () => viewBoard(startBoard(), { pipeline: 'p', live: false, problem: null, watermark: null, rate: null, sources: [] }, 0);
const api: RadarApi = {
  view,
  viewAt: (at) => (at === Date.parse('2026-03-14T03:05:00Z') ? view() : null),
  async pattern(id, at) {
    seen.push([id, at]);
    if (id === 'none') throw new CaducusError('CAD002', {}, 'no pattern begins so', { hint: 'Look again.' });
    if (id === 'bug') throw new TypeError('a bug');
    return { id };
  },
  episode: async (id) => ({ id }),
  async whyNot(subject, at) {
    seen.push([subject, at]);
    return { subject, from: '', to: '', steps: [], stopped: 'sent' };
  },
  graph: () => ({ name: 'p', parts: [] }),
  async mark(request, who) {
    seen.push([request, who]);
    return { id: 'm', type: request.type, target: request.target, who: who ?? 'somebody', at: '2026-03-14T03:05:00Z' } as Mark;
  },
};

describe('serveRadar', () => {
  const folder = temporaryFolder();
  const open: RadarServer[] = [];
  before(() => {
    mkdirSync(folder.file('web'));
    for (const name of ['index.html', 'caducus-radar.js', 'secret.txt']) writeFileSync(folder.file(`web/${name}`), name);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    seen.length = 0;
  });

  async function serve(options: Partial<ServeRadarOptions> = {}) {
    const io = nodeIo();
    const given = { address: '127.0.0.1:0', holds: false, token: null, hosts: [], origins: [], userHeader: null, ackUsers: [], ...options };
    const server = await serveRadar(io, api, await Assets.read(io.files, folder.file('web')), given);
    open.push(server);
    const base = `http://127.0.0.1:${server.port}`;
    const ask = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${base}${path}`, init);
      const text = await response.text();
      return {
        status: response.status,
        text,
        headers: response.headers,
        json: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : null,
      };
    };
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { origin: base, 'x-caducus': '1', ...headers },
      });
    return { server, base, ask, post };
  }

  it('answers the board in the shape that is documented, at a time too', async () => {
    const { ask } = await serve();
    const { status, json } = await ask('/api/radar');
    expect(status).to.equal(200);
    expect(radarAnswer.safeParse(json).error).to.equal(undefined);
    expect((await ask('/api/radar?at=2026-03-14T03:05Z')).status).to.equal(200);
    expect((await ask('/api/radar?at=2026-03-14T09:05Z')).json).to.deep.equal({
      error: 'no window that held 2026-03-14T09:05Z is remembered',
    });
    expect((await ask('/api/radar?at=soon')).status).to.equal(400);
    expect((await ask('/api/findings')).json).to.deep.equal({ findings: [], over: [] });
  });

  it('hands over an id as it was meant, and says what is not there', async () => {
    const { ask } = await serve();
    expect((await ask('/api/patterns/a%2Fb?at=2026-03-14T03:05Z')).json).to.deep.equal({ id: 'a/b' });
    expect(seen).to.deep.equal([['a/b', Date.parse('2026-03-14T03:05Z')]]);
    expect(await ask('/api/patterns/none').then(({ status, json }) => [status, json])).to.deep.equal([
      404,
      { error: 'no pattern begins so', hint: 'Look again.' },
    ]);
    expect((await ask('/api/episodes/%ff')).status).to.equal(404);
    expect((await ask('/api/nothing')).text).to.contain('/api/patterns/ID');
    expect((await ask('/api/radar', { method: 'DELETE' })).status).to.equal(403);
    const { status, text } = await ask('/api/patterns/bug');
    expect([status, text]).to.deep.equal([500, 'failed\n']);
  });

  it('takes an answer from its own page, and says what is wrong with one', async () => {
    const { post, ask, base } = await serve();
    expect((await post('/api/marks', { type: 'ack', target: 'f', for_ms: 7_200_000, text: 'on it' })).json).to.include({
      id: 'm',
      type: 'ack',
    });
    const wrong: [unknown, string][] = [
      ['{', 'expected JSON'],
      [{ type: 'silence', target: 'f' }, 'a silence needs an end'],
      [{ type: 'note', target: 'f', text: '  ' }, 'says nothing'],
      [{ type: 'ack' }, 'names nothing'],
      [{ type: 'change', text: 'r1', target: 'f' }, 'a change is about none'],
      [{ type: 'ack', target: 'f', link: 'javascript:alert(1)' }, 'http://'],
      [{ type: 'drop', target: 'f' }, 'type'],
      [{ type: 'ack', target: 'f', until: 'x' }, 'until'],
    ];
    for (const [body, why] of wrong) {
      const { status, json } = await post('/api/marks', body);
      expect([status, String(json?.['error'])], JSON.stringify(body)).to.satisfy(
        ([code, text]: [number, string]) => code === 400 && text.includes(why),
      );
    }
    expect((await post('/api/marks', 'x'.repeat(70_000))).status).to.equal(413);
    for (const headers of [{ origin: 'https://evil.example' }, { 'x-caducus': '' }]) {
      const sent = { method: 'POST', body: '{}', headers: { origin: base, ...headers } as Record<string, string> };
      expect((await ask('/api/marks', sent)).status, JSON.stringify(headers)).to.equal('x-caducus' in headers ? 400 : 403);
    }
    expect((await ask('/api/marks', { method: 'POST', body: '{}', headers: { origin: base } })).status).to.equal(403);
  });

  it('who may only look cannot answer; who answers is named by the proxy', async () => {
    const { post, ask } = await serve({ userHeader: 'x-user', ackUsers: ['oncall'] });
    expect((await ask('/api/radar')).status).to.equal(401);
    expect((await ask('/api/radar', { headers: { 'x-user': 'guest' } })).json?.['viewer']).to.deep.equal({ role: 'view', who: 'guest' });
    expect((await post('/api/marks', { type: 'ack', target: 'f' }, { 'x-user': 'guest' })).status).to.equal(403);
    expect((await post('/api/marks', { type: 'ack', target: 'f', who: 'oncall2' }, { 'x-user': 'oncall' })).json).to.include({
      who: 'oncall',
    });
  });

  it('a token that is typed once becomes a cookie that no script reads and no other site sends', async () => {
    const { post, ask, base } = await serve({ token });
    expect((await ask('/api/radar')).json).to.deep.equal({ error: 'a token is needed', token: true });
    expect((await ask('/api/stream')).status).to.equal(401);
    expect((await post('/api/session', { token: 'wrong' })).status).to.equal(401);
    const { headers } = await post('/api/session', { token });
    const cookie = headers.get('set-cookie')!;
    expect(cookie)
      .to.match(/; HttpOnly; SameSite=Strict/)
      .and.not.to.contain(token);
    expect((await ask('/api/radar', { headers: { cookie } })).status).to.equal(200);
    expect((await ask('/api/radar', { headers: { authorization: `Bearer ${token}` } })).status).to.equal(200);
    for (let i = 0; i < 9; i += 1) await post('/api/session', { token: 'wrong' });
    expect((await post('/api/session', { token })).status).to.equal(429);
    expect((await ask('/')).status, base).to.equal(200);
  });

  it('a page whose name was made to lead here learns nothing', async () => {
    const { ask, server } = await serve();
    const { request } = await import('node:http');
    const status = await new Promise((resolve) =>
      request({ port: server.port, host: '127.0.0.1', path: '/api/radar', headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.statusCode),
      ).end(),
    );
    expect([status, (await ask('/api/radar')).status]).to.deep.equal([403, 200]);
  });

  it('serves the page under a policy without exceptions, and nothing beside it', async () => {
    const { ask } = await serve({ origins: ['https://wiki.example'] });
    const { text, headers } = await ask('/');
    expect(text).to.equal('index.html');
    expect(headers.get('content-security-policy')).to.equal(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' https://wiki.example",
    );
    const element = await ask('/caducus-radar.js', { headers: { origin: 'https://wiki.example' } });
    expect(element.headers.get('access-control-allow-origin')).to.equal('https://wiki.example');
    for (const path of ['/secret.txt', '/../package.json', '/index.html/x']) expect((await ask(path)).status, path).to.equal(404);
    expect((await ask('/', { method: 'POST' })).status).to.equal(405);
  });

  it('streams the board, then what happens, and ends its streams when it is closed', async () => {
    const { base, server } = await serve();
    const response = await fetch(`${base}/api/stream`);
    expect(response.headers.get('content-type')).to.contain('text/event-stream');
    const read = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) {
        const { value, done } = await read.read();
        if (done) expect.fail(`ended before ${part}`);
        text += value;
      }
    };
    await until('event: radar');
    server.mark({ id: 'm', type: 'ack', target: 'f', who: 'ana', at: '' });
    await until('event: mark');
    const id = /id: (\d+)\nevent: mark/.exec(text)![1]!;
    const again = await fetch(`${base}/api/stream`, { headers: { 'last-event-id': String(Number(id) - 1) } });
    const other = again.body!.pipeThrough(new TextDecoderStream()).getReader();
    let got = '';
    while (!got.includes('event: mark')) got += (await other.read()).value;
    expect(got).not.to.contain('event: finding');
    await server.close();
    open.length = 0;
    expect((await other.read()).done || (await other.read()).done).to.equal(true);
  });

  it('an address that can be reached from the network needs a token or a proxy', async () => {
    const failure = await serve({ address: '0.0.0.0:0' }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(CaducusError).with.property('code', 'CAD071');
    await serve({ address: '0.0.0.0:0', token });
    const { server } = await serve();
    const taken = await serve({ address: `127.0.0.1:${server.port}` }).catch((error: unknown) => error);
    expect(taken).to.be.instanceOf(CaducusError).with.property('code', 'CAD070');
  });
});
