import { expect } from 'chai';
import { nodeNetwork } from '../../src/io/network.ts';
import { servePages, type LongPage, type Page, type PageRequest } from '../../src/io/servePages.ts';

describe('servePages', () => {
  let answer: (request: PageRequest) => Promise<Page | LongPage>;
  let server: { port: number; close(): Promise<void> };
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
  const plain = (body: string): Page => ({ status: 200, type: 'text/plain', body });
  before(async () => {
    server = await servePages(nodeNetwork, { host: '127.0.0.1', port: 0 }, (request) => answer(request));
  });
  after(() => server.close());

  it('gives path, query and method to who answers, and the answer with its type to who asks', async () => {
    answer = async ({ method, path, query }) => ({
      ...plain(`${method} ${path} ${query.get('q')}`),
      status: 201,
      headers: { 'x-own': '1' },
    });
    const response = await ask('/a/b?q=x%20y&z=1');
    expect(await response.text()).to.equal('GET /a/b x y');
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-own')]).to.deep.equal([201, 'text/plain', '1']);
    expect([response.headers.get('cache-control'), response.headers.get('x-content-type-options')]).to.deep.equal(['no-store', 'nosniff']);
  });

  it('answers 500 when who answers fails, and tells nothing of why', async () => {
    answer = () => Promise.reject(new Error('secret'));
    const response = await ask('/');
    expect([response.status, await response.text()]).to.deep.equal([500, 'failed\n']);
  });

  it('sends no body to HEAD', async () => {
    answer = async () => plain('body');
    const response = await ask('/', { method: 'HEAD' });
    expect([response.status, await response.text()]).to.deep.equal([200, '']);
  });

  it('reads what is sent up to 64 KiB, and takes more for nothing', async () => {
    answer = async ({ body }) => plain(String((await body())?.length ?? null));
    const lengths = [0, 65_536, 65_537, 1_000_000].map(async (length) =>
      (await ask('/', { method: 'POST', body: 'x'.repeat(length) })).text(),
    );
    expect(await Promise.all(lengths)).to.deep.equal(['0', '65536', 'null', 'null']);
  });

  it('begins a long page, which goes on until it is ended', async () => {
    answer = async () => ({
      status: 200,
      type: 'text/event-stream',
      begin(reader) {
        reader.write('one ');
        reader.write('two');
        reader.end();
      },
    });
    expect(await (await ask('/')).text()).to.equal('one two');
  });

  it('tells a long page that its reader has gone', async () => {
    const stop = new AbortController();
    const gone = new Promise<void>((resolve) => {
      answer = async () => ({ status: 200, type: 'text/plain', begin: (reader) => reader.gone(resolve) });
    });
    await ask('/', { signal: stop.signal });
    stop.abort();
    await gone;
  });
});
