// One file, because one receiver and one clock serve every case.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Json } from '../../src/event.ts';
import type { Finding, Signal } from '../../src/signal.ts';
import type { OpenSink } from '../../src/sinks/sink.ts';
import { webhook } from '../../src/sinks/webhook.ts';
import { readUndelivered } from '../../src/store/undelivered.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { settle, virtualIo, type TestIo } from '../support/virtualIo.ts';
import { changedFinding, type FindingChanges } from '../support/findings.ts';

interface Received {
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, Json>;
}

const episode: Finding = {
  id: 'e7c1aaaa',
  rule: 'episode',
  type: 'episode',
  state: 'firing',
  severity: 'critical',
  group_id: 'cloudwatch:/hdfs/datanode',
  title: 'Disk failure on dn2, volume <path>',
  since: '2026-03-14T03:05:32.000Z',
  updated: '2026-03-14T03:14:32.000Z',
  result: {
    members: [
      {
        topic_id: 'k7f2',
        group_id: 'cloudwatch:/hdfs/datanode',
        at: '2026-03-14T03:07:12.000Z',
        state: 'new',
        count: 61,
        label: 'Disk failure on dn2, volume <path>',
      },
    ],
    window_ms: 300_000,
    score: 97,
    groups: 1,
    changes: [],
    in_common: [],
    seen_before: [],
    clear_windows: 0,
    clear_needed: 2,
  },
};
const finding = (changes: FindingChanges = {}): Finding => changedFinding(episode, changes);
const signal = (changes: FindingChanges = {}): Signal => ({ kind: 'finding', time: 0, key: '', finding: finding(changes) });

describe('webhook', () => {
  const folder = temporaryFolder();
  let server: Server;
  let url: string;
  let received: Received[];
  /** Decides the answers, in turn; afterwards all is well. */
  let answers: { status: number; body?: Json; retryAfter?: string; location?: string }[];
  let io: TestIo;
  let sink: OpenSink | null;

  before(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        received.push({ url: request.url!, headers: request.headers, body: JSON.parse(text) as Record<string, Json> });
        const { status, body, retryAfter, location } = answers.shift() ?? { status: 200 };
        response.writeHead(status, { ...(retryAfter && { 'retry-after': retryAfter }), ...(location && { location }) });
        response.end(JSON.stringify(body ?? { ok: true, channel: 'C1', ts: `${received.length}.0` }));
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
  beforeEach(() => {
    received = [];
    answers = [];
    io = virtualIo({ auto: false });
    sink = null;
  });
  afterEach(async () => {
    const closing = sink?.close();
    await settle();
    io.advance(60_000);
    await closing;
  });

  const open = async (options: Record<string, unknown>, from: Json | null = null) => {
    sink = await webhook.spec.open(webhook.spec.options.parse({ perMinute: 600, ...options }), {
      io,
      id: 'pager',
      dataDir: folder.path,
      from: from && (JSON.parse(JSON.stringify(from)) as Json),
      pipeline: 'p',
    });
    return sink;
  };
  const json = (options: Record<string, unknown> = {}, from: Json | null = null) => open({ format: 'json', url, ...options }, from);
  /** Lets the pump work until so many requests have come, moving the clock on. */
  const until = async (done: () => boolean, step = 100) => {
    for (let i = 0; i < 2000 && !done(); i += 1) {
      await settle(3);
      if (io.sleeping > 0) io.advance(step);
    }
    await settle();
    expect(done()).to.equal(true);
  };
  const quiet = async () => {
    for (let i = 0; i < 30; i += 1) {
      await settle(3);
      io.advance(100);
    }
  };
  const offered = ({ counters: { written, filtered, failed, held } }: OpenSink) => written + filtered + failed + held;

  it('says on a phone what is wrong, in the words of the picture', async () => {
    const { write } = await json({ template: { text: '{text}', key: '{id}', level: '{severity}', count: '{result.window_ms}' } });
    await write([signal()]);
    await until(() => received.length === 1);
    expect(received[0]!.body).to.deep.equal({
      text: '[critical] hdfs/datanode: Disk failure on dn2, volume <path>\non 9m.\ne7c1',
      key: 'e7c1aaaa',
      level: 'critical',
      count: 300_000,
    });
    expect(received[0]!.headers['idempotency-key']).to.equal('e7c1aaaa-firing-critical');
  });

  it('posts one Slack message an episode and updates it in place, at once when its state changes', async () => {
    const { write } = await open({ format: 'slack', token: 'xoxb-secret', channel: '#ops', url, updateEvery: '1m' });
    await write([signal()]);
    await until(() => received.length === 1);
    await write([signal({ updated: '2026-03-14T03:19:32.000Z' })]);
    await quiet();
    expect(received).to.have.lengthOf(1);
    await until(() => received.length === 2, 5000);
    await write([signal({ state: 'resolved' })]);
    await until(() => received.length === 4);
    expect(received.map((r) => [r.url, r.body.channel, r.body.ts, r.body.thread_ts])).to.deep.equal([
      ['/chat.postMessage', '#ops', undefined, undefined],
      ['/chat.update', 'C1', '1.0', undefined],
      // The end is a reply, then the message says so too.
      ['/chat.postMessage', 'C1', undefined, '1.0'],
      ['/chat.update', 'C1', '1.0', undefined],
    ]);
    expect(received[0]!.body.text).to.include('volume &lt;path&gt;\n');
    for (const { body } of received.slice(2)) expect(body.text).to.match(/^\[resolved\].* was on 9m, 03:05 to 03:14Z/);
    expect(received[0]!.headers.authorization).to.equal('Bearer xoxb-secret');
  });

  it('posts anew where the message is gone', async () => {
    const { write } = await open({ format: 'slack', token: 'xoxb-secret', channel: '#ops', url });
    await write([signal()]);
    await until(() => received.length === 1);
    answers.push({ status: 200, body: { ok: false, error: 'message_not_found' } });
    await write([signal({ state: 'acked' })]);
    await until(() => received.length === 3);
    expect(received.map((r) => r.url)).to.deep.equal(['/chat.postMessage', '/chat.update', '/chat.postMessage']);
  });

  it('tells an incoming webhook of changes of state only', async () => {
    const { write, counters } = await open({ format: 'slack', url: `${url}/services/T/B/x` });
    await write([signal(), signal({ state: 'pending', id: 'other' })]);
    await until(() => received.length === 1);
    await write([signal({ updated: '2026-03-14T03:19:32.000Z' })]);
    await write([signal({ state: 'resolved' })]);
    await until(() => received.length === 2);
    expect(counters).to.deep.equal({ written: 2, filtered: 2, failed: 0, held: 0 });
  });

  it('triggers, acknowledges and resolves one PagerDuty incident', async () => {
    const { write } = await open({ format: 'pagerduty', routingKey: 'R0123456789', url });
    for (const state of ['firing', 'acked', 'resolved'] as const) {
      await write([signal({ state })]);
      await until(() => received.length === ['firing', 'acked', 'resolved'].indexOf(state) + 1);
    }
    expect(received.map(({ body }) => [body.event_action, body.dedup_key])).to.deep.equal([
      ['trigger', 'caducus-e7c1aaaa'],
      ['acknowledge', 'caducus-e7c1aaaa'],
      ['resolve', 'caducus-e7c1aaaa'],
    ]);
    expect(received[0]!.body.payload).to.include({
      severity: 'critical',
      source: 'cloudwatch:/hdfs/datanode',
      timestamp: '2026-03-14T03:05:32.000Z',
    });
  });

  it('tries again with growing waits, as long as the receiver says, and never holds up the run', async () => {
    answers.push({ status: 503 }, { status: 429, retryAfter: '120' });
    const { write, counters, flush } = await json();
    await write([signal()]);
    await flush();
    expect(counters).to.include({ held: 1, written: 0 });
    await until(() => received.length === 2);
    const second = io.now();
    await until(() => received.length === 3, 1000);
    expect(io.now() - second).to.be.within(119_000, 125_000);
    expect(counters).to.deep.equal({ written: 1, filtered: 0, failed: 0, held: 0 });
    expect(received.map(({ headers }) => headers['idempotency-key'])).to.deep.equal(
      Array.from({ length: 3 }, () => 'e7c1aaaa-firing-critical'),
    );
  });

  it('opens its breaker when the receiver keeps failing, and goes on when it is back', async () => {
    for (let i = 0; i < 3; i += 1) answers.push({ status: 500 });
    const { write, counters, figures } = await json({ breaker: { waitInOpen: '5m' } });
    await write([signal()]);
    await until(() => received.length === 3, 500);
    const open = io.now();
    await until(() => String(figures!().trouble).includes('open') || received.length > 3, 500);
    await until(() => received.length === 4, 1000);
    expect(io.now() - open).to.be.at.least(290_000);
    expect(counters.written).to.equal(1);
  });

  it('is told within a minute when the receiver is back after minutes, what is new and worst first', async () => {
    let up = false;
    const down = () => void answers.splice(0, answers.length, ...(up ? [] : [{ status: 503 }]));
    const { write, trouble } = await json();
    const began = io.now();
    await write([signal({ id: 'mild', severity: 'warning' })]);
    await until(() => {
      down();
      return io.now() - began > 120_000;
    }, 500);
    await write([signal({ id: 'mild2', severity: 'warning' }), signal({ id: 'worst', severity: 'critical' })]);
    await until(() => {
      down();
      return io.now() - began > 240_000;
    }, 500);
    expect(trouble!()).to.deep.include({ why: `${new URL(url).host}: HTTP 503` });
    expect(trouble!()!.since - began).to.be.below(1_000);
    const back = io.now();
    received = [];
    up = true;
    answers = [];
    await until(() => received.length >= 1, 500);
    const first = io.now();
    await until(() => received.length === 3, 500);
    // What had failed before does not wait for its own next turn.
    expect(io.now() - first).to.be.at.most(3_000);
    expect(received.map(({ body }) => body['id'])).to.deep.equal(['worst', 'mild', 'mild2']);
    expect(io.now() - back).to.be.below(60_000);
    expect(trouble!()).to.equal(null);
  });

  it('tells what began and ended while nothing could be delivered as one that was', async () => {
    answers.push({ status: 503 });
    const { write } = await json({ template: { text: '{text}', late: '{late}', state: '{state}' } });
    await write([signal()]);
    await until(() => received.length === 1);
    await write([signal({ state: 'resolved' })]);
    await until(() => received.length === 2, 500);
    expect(received[1]!.body).to.deep.equal({
      text: '[critical] hdfs/datanode: Disk failure on dn2, volume <path>.  was on 9m while this could not be delivered (03:05 to 03:14Z).\ne7c1',
      late: true,
      state: 'resolved',
    });
  });

  it('begins and ends an incident that was over before it could be sent', async () => {
    answers.push({ status: 503 });
    const { write, counters } = await open({ format: 'pagerduty', routingKey: 'R0123456789', url });
    await write([signal()]);
    await until(() => received.length === 1);
    await write([signal({ state: 'resolved' })]);
    await until(() => received.length === 3, 500);
    expect(received.slice(1).map(({ body }) => body.event_action)).to.deep.equal(['trigger', 'resolve']);
    expect(counters).to.deep.equal({ written: 1, filtered: 1, failed: 0, held: 0 });
  });

  it('names host and status of a redirect, of wrong credentials and of an address where nobody is, and follows no redirect', async () => {
    for (const [answer, why] of [
      [{ status: 302, location: 'https://elsewhere.test/login?token=x' }, 'HTTP 302, a redirect to elsewhere.test'],
      [{ status: 401 }, 'HTTP 401: {"ok":true'],
    ] as const) {
      answers = [answer];
      const { write, trouble } = await json();
      await write([signal()]);
      await until(() => trouble!() !== null);
      expect(trouble!()!.why).to.include(`${new URL(url).host}: ${why}`);
      const closing = sink!.close();
      await until(() => true);
      io.advance(60_000);
      await closing;
    }
    const { write, trouble } = await json({ url: 'http://127.0.0.1:9/x' });
    await write([signal()]);
    await until(() => trouble!() !== null);
    expect(trouble!()!.why).to.match(/^127\.0\.0\.1:9: /);
    expect(received.every(({ url: path }) => path === '/')).to.equal(true);
  });

  it('says who sends by a header where the address has a user and a password', async () => {
    const { write } = await json({ url: url.replace('://', '://user:p%40ss@') });
    await write([signal()]);
    await until(() => received.length === 1);
    expect(received[0]!.headers.authorization).to.equal(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
  });

  it('reads no more of an answer than it needs, and no longer than it may take', async () => {
    let sent = 0;
    const endless = createServer((_request, response) => {
      const more = () => {
        sent += 65_536;
        if (!response.destroyed && sent < 1 << 28) response.write(Buffer.alloc(65_536, 97), () => setImmediate(more));
      };
      response.writeHead(200);
      more();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { write, counters } = await json({ url: `http://127.0.0.1:${(endless.address() as AddressInfo).port}` });
    await write([signal()]);
    await until(() => counters.written === 1);
    expect(sent).to.be.below(1 << 24);
    endless.closeAllConnections();
    endless.close();
  });

  it('tells another receiver when the first has been down for two minutes, and keeps it up to date', async () => {
    const begin = io.now();
    const second: string[] = [];
    const other = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        const body = JSON.parse(text) as { id: string; state: string };
        second.push(`${body.id} ${body.state} after ${Math.floor((io.now() - begin) / 60_000)} min`);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const fallback = { format: 'json', url: `http://127.0.0.1:${(other.address() as AddressInfo).port}` };
    const down = () => void answers.splice(0, answers.length, { status: 503 });
    const { write, position, counters } = await json({ fallback });
    await write([signal()]);
    await until(() => {
      down();
      return second.length === 1;
    }, 500);
    await write([signal({ state: 'resolved' })]);
    await until(() => {
      down();
      return second.length === 2;
    }, 500);
    expect(second).to.deep.equal(['e7c1aaaa firing after 2 min', 'e7c1aaaa resolved after 2 min']);
    expect(counters).to.deep.equal({ written: 0, filtered: 1, failed: 0, held: 1 });
    expect(position!()).to.have.nested.property('fallback.delivered').with.length(1);
    other.closeAllConnections();
    other.close();
  });

  it('gives up on what the receiver cannot read', async () => {
    answers.push({ status: 400, body: { error: 'no' } });
    const { write, counters, note } = await json();
    await write([signal()]);
    await until(() => counters.failed === 1);
    expect(note!()).to.include('1 given up (caducus rejected ls)').and.to.include('HTTP 400');
    const file = folder.file('undelivered/p.pager.ndjson');
    await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
    const kept = await readUndelivered(io.files, folder.path);
    expect(kept.map(({ pipeline, sink, why, finding: { id } }) => [pipeline, sink, why, id])).to.deep.equal([
      ['p', 'pager', `${new URL(url).host}: HTTP 400: {"error":"no"}`, 'e7c1aaaa'],
    ]);
    await quiet();
    expect(received).to.have.lengthOf(1);
  });

  it('sends no more a minute than allowed', async () => {
    const { write } = await json({ perMinute: 2 });
    await write([signal({ id: 'a' }), signal({ id: 'b' }), signal({ id: 'c' })]);
    const start = io.now();
    await until(() => received.length === 3, 1000);
    expect(io.now() - start).to.be.within(60_000, 66_000);
  });

  it('goes on with its outbox after a restart, and remembers what it has sent', async () => {
    const first = await open({ format: 'slack', token: 'xoxb-secret', channel: '#ops', url });
    await first.write([signal({ id: 'sent' })]);
    await until(() => received.length === 1);
    answers.push({ status: 500 });
    await first.write([signal({ id: 'waiting' })]);
    const saved = first.position!();
    await until(() => received.length === 2);
    received = [];
    const second = await open({ format: 'slack', token: 'xoxb-secret', channel: '#ops', url }, saved);
    await second.write([signal({ id: 'sent', state: 'resolved' })]);
    await until(() => received.filter((r) => r.url === '/chat.update').length === 1 && received.some((r) => r.url === '/chat.postMessage'));
    expect(received.find((r) => r.url === '/chat.update')!.body.ts).to.equal('1.0');
    expect(offered(second)).to.equal(1);
    const closing = first.close();
    await settle();
    io.advance(60_000);
    await closing;
  });

  it('bounds its outbox, by dropping the oldest or by failing', async () => {
    for (let i = 0; i < 50; i += 1) answers.push({ status: 500 });
    const dropping = await json({ maxOutbox: 2 });
    await dropping.write(['a', 'b', 'c', 'd'].map((id) => signal({ id })));
    expect(dropping.counters).to.deep.equal({ written: 0, filtered: 0, failed: 2, held: 2 });
    expect(offered(dropping)).to.equal(4);
    const dropped = (await readUndelivered(io.files, folder.path)).filter(({ why }) => why.includes('more than 2 messages waited'));
    expect(dropped.map(({ finding: { id } }) => id)).to.deep.equal(['a', 'b']);
    const closing = dropping.close();
    await settle();
    io.advance(60_000);
    await closing;
    const failing = await json({ maxOutbox: 1, whenFull: 'fail' });
    const error = await failing.write([signal({ id: 'a' }), signal({ id: 'b' })]).catch((cause: unknown) => cause);
    expect(error).to.include({ code: 'CAD073' });
  });

  it('leaves out what is not severe enough, what an episode tells already, and what was over before it was told', async () => {
    const { write, counters } = await json();
    await write([
      signal(),
      signal({ id: 'member', type: 'rule', topic_id: 'k7f2' }),
      signal({ id: 'mild', severity: 'info' }),
      signal({ id: 'over', state: 'resolved' }),
      { kind: 'mark', time: 0, key: '', mark: { id: 'm', type: 'note', target: '', who: 'x', at: '' } },
    ]);
    await until(() => received.length === 1);
    expect(counters).to.deep.equal({ written: 1, filtered: 4, failed: 0, held: 0 });
  });

  it('prints in place of sending, and counts what it would have sent', async () => {
    const { write, counters } = await json({ dryRun: true });
    await write([
      signal({ id: 'other' }),
      signal({ id: 'other' }),
      signal({ id: 'other', state: 'acked' }),
      signal({ id: 'other', state: 'resolved' }),
    ]);
    expect(sink?.note?.()).to.equal('would have opened 1, updated 1, resolved 1');
    expect(sink?.figures?.()['would_send']).to.deep.equal({ opened: 1, updated: 1, resolved: 1 });
    io.stdout.text = '';
    const before = counters.written;
    await write([signal()]);
    expect(io.stdout.text).to.equal('[critical] hdfs/datanode: Disk failure on dn2, volume <path>\non 9m.\ne7c1\n');
    expect(counters.written).to.equal(before + 1);
    await quiet();
    expect(received).to.deep.equal([]);
  });

  it('sends nothing of what is silenced but the end of what was sent before', async () => {
    const { write } = await json();
    const silenced = { result: { ...finding().result, silenced_until: '2026-03-14T05:00:00.000Z' } };
    await write([signal({ id: 'never', ...silenced }), signal({ id: 'never', state: 'resolved', ...silenced }), signal()]);
    await until(() => received.length === 1);
    await write([signal({ state: 'acked', ...silenced })]);
    await quiet();
    expect(received).to.have.lengthOf(1);
    await write([signal({ state: 'resolved', ...silenced })]);
    await until(() => received.length === 2);
    expect(received.map(({ headers }) => headers['idempotency-key'])).to.deep.equal([
      'e7c1aaaa-firing-critical',
      'e7c1aaaa-resolved-critical',
    ]);
  });

  it('sends no finding that says it is part of an episode', async () => {
    const { write, counters } = await json();
    await write([signal({ id: 'f3a9', type: 'spike', result: { episode: { id: 'e7c1aaaa' } } })]);
    await quiet();
    expect([received, counters.filtered]).to.deep.equal([[], 1]);
  });

  it('never shows a secret of the address or the token', async () => {
    const { write, note, figures } = await open({ format: 'slack', url: 'http://127.0.0.1:2/services/T/B/secret123' });
    await write([signal()]);
    await until(() => note!() !== '' && figures!().retried === 1);
    expect(note!()).to.include('ECONNREFUSED').and.not.include('secret123');
    expect(JSON.stringify(figures!())).not.to.include('secret123');
  });

  it('wants what its format needs', async () => {
    for (const options of [
      { format: 'slack' },
      { format: 'slack', token: 'xoxb-secret' },
      { format: 'pagerduty' },
      { format: 'json' },
      { format: 'json', url: 'ftp://example.org/x' },
      { format: 'json', url: 'http://user:pass@example.org', headers: { Authorization: 'Bearer x' } },
      { format: 'slack', url: 'http://user:pass@example.org' },
      { format: 'json', url: 'http://example.org', fallback: { format: 'pagerduty' } },
    ]) {
      expect(await open(options).catch((error: unknown) => error)).to.have.property('name', 'ZodError');
    }
  });
});
