import { createServer, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { answerMetrics, serveMetrics, type MetricsPages } from '../../../src/cli/telemetry/metricsServer.ts';
import type { CaducusError } from '../../../src/errors.ts';
import { nodeNetwork } from '../../../src/io/network.ts';
import type { PageRequest } from '../../../src/io/servePages.ts';

const pages: MetricsPages = {
  metrics: async () => ({ type: 'text/x-metrics', text: 'up 1' }),
  problem: () => null,
  stuck: () => null,
  ready: () => true,
};
const request = (path: string, { method = 'GET', headers = {} } = {}): PageRequest => ({
  method,
  path,
  query: new URLSearchParams(),
  headers,
  body: async () => null,
});

describe('the pages of a run for machines', () => {
  it('are the metrics in the type they are made in, for GET and HEAD', async () => {
    for (const method of ['GET', 'HEAD'])
      expect(await answerMetrics(request('/metrics', { method }), pages, null)).to.deep.equal({
        status: 200,
        type: 'text/x-metrics',
        body: 'up 1',
      });
    expect((await answerMetrics(request('/metrics', { method: 'PUT' }), pages, null))!.status).to.equal(405);
  });

  it('leave every other path to whom it belongs', async () => {
    for (const path of ['/', '/metrics/', '/Metrics']) expect(await answerMetrics(request(path), pages, null), path).to.equal(null);
  });

  const table: [path: string, of: Partial<MetricsPages>, status: number, body: string][] = [
    ['/healthz', {}, 200, 'ok\n'],
    ['/healthz', { problem: () => 'stale' }, 503, 'stale\n'],
    ['/healthz', { stuck: () => 'hangs' }, 200, 'ok\n'],
    ['/livez', { problem: () => 'stale' }, 200, 'ok\n'],
    ['/livez', { stuck: () => 'hangs' }, 503, 'hangs\n'],
    ['/readyz', {}, 200, 'ready\n'],
    ['/readyz', { ready: () => false }, 503, 'not ready\n'],
  ];
  for (const [path, of, status, body] of table)
    it(`answer ${status} to ${path}, ${body.trim()}, where ${Object.keys(of).join() || 'nothing'} is wrong`, async () => {
      expect(await answerMetrics(request(path), { ...pages, ...of }, 'secret')).to.include({ status, body });
    });

  it('give the metrics to the whole token alone, and their health to everybody', async () => {
    const asked = async (headers: object) => (await answerMetrics(request('/metrics', { headers }), pages, 'q7Zt2LmX'))!.status;
    expect(await asked({ authorization: 'Bearer q7Zt2LmX' })).to.equal(200);
    for (const authorization of ['', 'q7Zt2LmX', 'Bearer q7Zt2Lm', 'Bearer q7Zt2LmX ', 'Basic q7Zt2LmX'])
      expect(await asked({ authorization }), authorization).to.equal(401);
    expect(await asked({})).to.equal(401);
  });

  it('does not listen beyond this machine without a token, nor where another listens', async () => {
    const failure = async (address: string) =>
      serveMetrics(nodeNetwork, { address, token: null }, pages).then(
        ({ close }) => close(),
        (error: CaducusError) => error.code,
      );
    expect(await failure('0.0.0.0:0')).to.equal('CAD071');
    expect(await failure(':0')).to.equal('CAD071');
    expect(await failure('127.0.0.1:99999')).to.equal('CAD013');
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    expect(await failure(`127.0.0.1:${(taken.address() as AddressInfo).port}`)).to.equal('CAD070');
    taken.close();
  });
});
