import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { nodeIo } from '../../../src/io.ts';
import { AlertmanagerBridge } from '../../../src/sources/answers/alertmanagerBridge.ts';
import { appendMark, readMarks, withId } from '../../../src/store/marks.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('silences, between Alertmanager and here', () => {
  const folder = temporaryFolder();
  const home = folder.path;
  let stop: AbortController;
  let running: Promise<void>;
  let errors: string;
  const marks = async () => (await readMarks(nodeIo().files, home)).lines.flatMap((line) => ('mark' in line ? [line.mark] : []));
  const start = () => {
    stop = new AbortController();
    errors = '';
    const io = nodeIo();
    const stderr = { ...io.stderr, write: async (text: string) => ((errors += text), true) };
    const options = { url: at, headers: {}, every: 20, send: true };
    running = new AlertmanagerBridge(options, { io: { ...io, stderr }, dataDir: home, signal: stop.signal }).run();
  };
  let server: Server;
  let silences: Record<string, unknown>[];
  let down: boolean;
  let at: string;
  before(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        if (down || request.url !== '/api/v2/silences') response.writeHead(down ? 503 : 404).end();
        else if (request.method === 'POST') {
          silences.push({ id: `s${silences.length}`, status: { state: 'active' }, ...(JSON.parse(text) as object) });
          response.end(JSON.stringify({ silenceID: `s${silences.length - 1}` }));
        } else response.end(JSON.stringify(silences));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    silences = [];
    down = false;
  });
  const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
  const until = async (done: () => Promise<boolean>) => {
    for (let i = 0; i < 100_000 && !(await done()); i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(await done()).to.equal(true);
  };

  it('become marks, and those made here silences there, each once, over a restart and while it was down', async () => {
    down = true;
    const matchers = [{ name: 'caducus_group', value: 'k8s:orders', isRegex: false, isEqual: true }];
    silences.push({ id: 'x', matchers, startsAt: hour(-1), endsAt: hour(1), createdBy: 'ana', comment: 'planned' });
    const mine = withId({ type: 'silence', target: 'e7c1', who: 'ben', at: hour(-1), until: hour(2) });
    await appendMark(nodeIo().files, home, mine);
    start();
    await until(async () => errors.includes('HTTP 503'));
    down = false;
    await until(async () => (await marks()).length === 2 && silences.length === 2);
    stop.abort();
    await running;
    start();
    await until(async () => silences.length === 2);
    silences[0]!['endsAt'] = hour(-0.1);
    await until(async () => (await marks()).length === 3);
    expect((await marks()).map(({ who, via = 'here', target }) => `${who} ${via} ${target}`)).to.deep.equal([
      'ben here e7c1',
      'ana alertmanager k8s:orders',
      'ana alertmanager k8s:orders',
    ]);
    stop.abort();
    await running;
    // What failed is told once, with the host and nothing else of the address.
    expect(errors).to.equal('');
    expect(silences[1]).to.include({ createdBy: 'ben', endsAt: mine.until });
  });
});
