import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Radar, Signal } from '../../src/signal.ts';
import { heartbeat } from '../../src/sinks/heartbeat.ts';
import { settle, virtualIo } from '../support/virtualIo.ts';

const closed = (end: string, open = false): Signal => ({
  kind: 'radar',
  time: Date.parse(end),
  key: '',
  radar: { start: '2026-03-14T03:00:00.000Z', end, open } as Radar,
});

describe('heartbeat', () => {
  let server: Server;
  let url: string;
  let received: { path: string; body: string }[];
  let status: number;

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        received.push({ path: request.url!, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    received = [];
    status = 200;
  });

  const open = async (options: Record<string, unknown>) => {
    const io = virtualIo({ auto: false });
    const sink = await heartbeat.open({ url: `${url}/ping`, ...options }, { io, id: 'alive', dataDir: '', from: null, pipeline: 'p' });
    const until = async (done: () => boolean) => {
      while (!done()) await settle(1);
    };
    return { io, sink, until };
  };

  it('reports each window that has closed, once, and none that is open', async () => {
    const { sink, until } = await open({});
    await sink.write([closed('2026-03-14T03:05:00.000Z', true)]);
    expect(sink.counters, 'an open window is no report').to.deep.equal({ written: 0, filtered: 1, failed: 0, held: 0 });
    await sink.write([closed('2026-03-14T03:05:00.000Z')]);
    await until(() => sink.counters.written === 1);
    await sink.write([closed('2026-03-14T03:05:00.000Z')]);
    await sink.write([closed('2026-03-14T03:10:00.000Z')]);
    await until(() => sink.counters.written === 2);
    expect(received.map(({ path }) => path)).to.deep.equal(['/ping', '/ping']);
    expect(sink.counters).to.deep.equal({ written: 2, filtered: 2, failed: 0, held: 0 });
    await sink.close();
  });

  it('is the Watchdog of an Alertmanager, which ends when three windows bring none', async () => {
    const { io, sink, until } = await open({ url, format: 'alertmanager' });
    await sink.write([closed('2026-03-14T03:05:00.000Z')]);
    await until(() => sink.counters.written === 1);
    const [alert] = JSON.parse(received[0]!.body) as [{ labels: object; startsAt: string; endsAt: string }];
    expect(received[0]!.path).to.equal('/api/v2/alerts');
    expect(alert.labels).to.deep.equal({ alertname: 'Watchdog', severity: 'none', pipeline: 'p' });
    expect(Date.parse(alert.endsAt) - io.now()).to.equal(15 * 60_000);
    await sink.close();
  });

  it('that fails is said with host and status, counted, and mended by the next', async () => {
    const { sink, until } = await open({});
    status = 404;
    await sink.write([closed('2026-03-14T03:05:00.000Z')]);
    await until(() => sink.counters.failed === 1);
    expect(sink.trouble!()!.why).to.equal(`${new URL(url).host}: HTTP 404`);
    status = 200;
    await sink.write([closed('2026-03-14T03:10:00.000Z')]);
    await until(() => sink.counters.written === 1);
    expect(sink.trouble!()).to.equal(null);
    await sink.close();
  });
});
