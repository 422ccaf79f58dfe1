import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { Run } from '../../src/run/run.ts';
import type { JsonObject } from '../../src/event.ts';
import type { EventSignal } from '../../src/signal.ts';
import { eventAt } from '../support/fakes.ts';
import { pushSource } from '../support/pushSource.ts';
import { testIo } from '../support/testIo.ts';

const second = 1000;
const minute = 60 * second;
const step = 10 * second;

const text = (url: string) => `name: p
sources: { app: { push: {} } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, warmup: 0s }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks:
  screen: { console: {} }
  pager: { webhook: { format: json, url: "${url}" } }
`;

function failure(time: number, what: string): EventSignal {
  const signal = eventAt(time, what);
  signal.event.metadata['level'] = 'ERROR';
  return signal;
}

/** What the screen says of a pager that is down. */
const trouble = /^SINK {2}pager delivers nothing since .*\n/m;
const withoutTrouble = (screen: string) => screen.replace(new RegExp(trouble, 'gm'), '');

describe('a webhook that is unplugged for ten minutes', () => {
  let server: Server;
  let url: string;
  let plugged = true;
  let refused = 0;
  let told: { title: string; key: string; body: JsonObject }[] = [];
  before(async () => {
    server = createServer((request, response) => {
      if (!plugged) {
        refused += 1;
        request.socket.destroy();
        return;
      }
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        const message = JSON.parse(body) as JsonObject & { title: string };
        told.push({ title: message.title, key: String(request.headers['idempotency-key']), body: message });
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  /** Half an hour of a service with a failure every two minutes; the receiver is away for ten minutes of it, or not. */
  async function halfAnHour(unplug: boolean) {
    [plugged, refused, told] = [true, 0, []];
    const io = testIo();
    const source = pushSource();
    const pipeline = loadPipeline('p.yaml', text(url), {
      registry: extend(builtins, { sources: [source.source] }),
      variables: { env: {}, config: () => undefined },
    });
    const done = new Run(pipeline, { io, dataDir: '/nowhere' }).execute();
    /** What stood on the screen at each moment. */
    const screens: string[] = [];
    let deliveredInTheDark = 0;
    const failures = [
      'disk of the archive is full',
      'no route to the warehouse',
      'queue depth beyond its limit',
      'login refused: certificate expired',
      'backup ended with errors',
      'printer out of paper',
      'mail server hung up',
      'cache lost its cluster',
      'tape drive wants cleaning',
      'fan stands still',
      'router rebooted unexpectedly',
      'database replica too far behind',
      'index corrupt, rebuild needed',
      'lamp broken in rack seven',
      'door left open at night',
    ];
    for (let at = 0; at < 30 * minute; at += step) {
      const dark = at >= 10 * minute && at < 20 * minute;
      if (dark && unplug && plugged) deliveredInTheDark -= told.length;
      if (!dark && unplug && !plugged) deliveredInTheDark += told.length;
      plugged = !(unplug && dark);
      const records = [eventAt(io.now(), `request r${at} took ${at % 90} ms`)];
      if (at % (2 * minute) === minute) records.push(failure(io.now(), failures.shift()!));
      source.push(records);
      await io.pass(step);
      // Sockets do not go by the clock of the run.
      await wait(3);
      screens.push(io.stdout.text);
    }
    for (let i = 0; i < 20; i += 1) {
      await io.pass(second);
      await wait(3);
    }
    source.end();
    await io.pass(second);
    return { report: await done, screens, deliveredInTheDark, refused, told };
  }

  it('never holds the radar up, and gets each message once when it is back', async () => {
    /** What the receiver was told last of each finding, by its id. */
    const lastOf = (run: typeof plain) =>
      Object.fromEntries(run.told.map(({ body: { text: _text, late: _late, ...rest } }) => [String(rest['id']), rest]));
    const titlesOf = (run: typeof plain) => [...new Set(run.told.map(({ title }) => title))].toSorted();
    const plain = await halfAnHour(false);
    const dark = await halfAnHour(true);
    expect(titlesOf(plain)).to.have.length(15);
    expect(dark.refused).to.be.at.least(3);
    expect(dark.deliveredInTheDark).to.equal(0);
    expect(dark.screens.map(withoutTrouble), 'the screen at every moment, but for what it says of the pager').to.deep.equal(plain.screens);
    expect(plain.screens.at(-1)).not.to.match(trouble);
    expect(dark.screens.at(-1)).to.match(trouble);
    // What was over meanwhile is told as that, in one message.
    expect(titlesOf(dark)).to.deep.equal(titlesOf(plain));
    expect(lastOf(dark), 'the last word on each, whole').to.deep.equal(lastOf(plain));
    const late = dark.told.filter(({ body }) => body['late'] === true).map(({ title }) => title);
    expect(late).to.deep.equal(['printer out of paper', 'mail server hung up', 'cache lost its cluster', 'tape drive wants cleaning']);
    expect(new Set(dark.told.map(({ key }) => key)).size, 'none twice').to.equal(dark.told.length);
    expect(dark.report.sinks.find(({ id }) => id === 'pager')).to.include({ failed: 0, held: 0 });
  }).timeout(60_000);
});
