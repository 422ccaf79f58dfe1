import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import type { Signal } from '../../../src/signal.ts';
import type { OpenSink } from '../../../src/sinks/sink.ts';
import { webhook } from '../../../src/sinks/webhook.ts';
import { readUndelivered } from '../../../src/store/undelivered.ts';
import { answer, receiverFaults as faults, type Fault } from '../../support/servers/receiverFaults.ts';
import { changedFinding } from '../../support/findings.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode } from '../../support/views/viewSamples.ts';
import { settle, virtualIo, type TestIo } from '../../support/virtualIo.ts';

/** Every receiver that messages can go to, and the options that send it to a server. A new one passes these by its line here. */
const receivers: Record<string, (url: string) => Record<string, unknown>> = {
  'slack by a webhook': (url) => ({ format: 'slack', url }),
  'slack by a bot': (url) => ({ format: 'slack', url, token: 'xoxb-12345678', channel: 'C1' }),
  pagerduty: (url) => ({ format: 'pagerduty', url, routingKey: 'r'.repeat(32) }),
  teams: (url) => ({ format: 'teams', url }),
  ntfy: (url) => ({ format: 'ntfy', url, channel: 'oncall', token: 'tk_12345678' }),
  json: (url) => ({ format: 'json', url }),
  alertmanager: (url) => ({ format: 'alertmanager', url }),
};

describe('every receiver', () => {
  const folder = temporaryFolder();
  let server: Server;
  let url: string;
  let pending: Fault[];
  let taken: number;
  let io: TestIo;
  let sink: OpenSink | null;

  before(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const fault = pending.shift();
        if (fault) return fault(response);
        taken += 1;
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, channel: 'C1', ts: `${taken}.0` }));
      });
      response.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    pending = [];
    taken = 0;
    io = virtualIo({ auto: false });
    sink = null;
  });
  afterEach(async () => {
    const closing = sink?.close();
    await settle();
    io.advance(60_000);
    await closing;
  });

  const open = async (options: Record<string, unknown>, from: Json | null = null, id = 'pager') => {
    const parsed = webhook.spec.options.parse({ perMinute: 600, ...options });
    sink = await webhook.spec.open(parsed, { io, id, dataDir: folder.path, from, pipeline: 'p' });
    return sink;
  };
  const firing: Signal = { kind: 'finding', time: 0, key: '', finding: episode };
  const over: Signal = { ...firing, finding: changedFinding(episode, { state: 'resolved' }) };
  /** Moves the clock on while requests are made and answered. */
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 4000 && !done(); i += 1) {
      await settle(3);
      if (io.sleeping > 0) io.advance(100);
    }
    expect(done()).to.equal(true);
  };
  const isEven = ({ counters: { written, filtered, failed, held } }: OpenSink, offered: number) =>
    expect(written + filtered + failed + held).to.equal(offered);

  for (const [name, options] of Object.entries(receivers)) {
    describe(name, () => {
      for (const [trouble, script] of Object.entries(faults)) {
        it(`that ${trouble} gets each message once it is back, and none is lost`, async () => {
          pending = [...script];
          const { write } = await open(options(url));
          await write([firing]);
          await until(() => taken === 1);
          await until(() => sink!.counters.written === 1);
          isEven(sink!, 1);
        });
      }

      it('that is down at a restart gets what waited, the end behind the begin', async () => {
        pending = Array.from({ length: 50 }, () => answer(503));
        const first = await open(options(url));
        await first.write([firing]);
        await until(() => pending.length < 50);
        const saved = JSON.parse(JSON.stringify(await first.position!())) as Json;
        const closing = first.close();
        await settle();
        io.advance(60_000);
        await closing;
        pending = [];
        const second = await open(options(url), saved);
        await until(() => taken >= 1);
        const before = taken;
        await second.write([over]);
        await until(() => taken > before);
      });

      it('that cannot read a message is not asked again, and the message is kept with the reason', async () => {
        pending = [answer(400)];
        const { write } = await open(options(url), null, name.replaceAll(' ', '-'));
        await write([firing]);
        await until(() => sink!.counters.failed === 1);
        expect(taken).to.equal(0);
        isEven(sink!, 1);
        let whys: string[] = [];
        for (let i = 0; i < 100 && whys.length === 0; i += 1) {
          await settle();
          whys = (await readUndelivered(io.files, folder.path))
            .filter(({ sink: id }) => id === name.replaceAll(' ', '-'))
            .map(({ why }) => why);
        }
        expect(whys).to.have.length(1);
        expect(whys[0]).to.include('HTTP 400');
      });
    });
  }
});
