import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { catalogEntry } from '../../../src/findings/owners/catalogEntry.ts';
import type { Contacts } from '../../../src/findings/owners/contacts.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import { webhook } from '../../../src/sinks/webhook.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { settle, virtualIo } from '../../support/virtualIo.ts';
import { episode } from '../../support/views/viewSamples.ts';

const contacts: Contacts = {
  publicUrl: null,
  links: {},
  catalog: [
    { name: 'orders', team: 'shop', channel: 'C-shop', keys: { pagerduty: 'KEY-SHOP-1' } },
    { name: 'payments-dlq', team: 'payments', channel: 'C-pay', keys: { pagerduty: 'KEY-PAY-01' } },
  ].map((entry) => catalogEntry.parse(entry)),
};
const signal = (changes: FindingChanges = {}): Signal => ({
  kind: 'finding',
  time: 0,
  key: '',
  finding: changedFinding(episode, changes) as Finding,
});

describe('where findings go', () => {
  const folder = temporaryFolder();
  /** A sink over a receiver that takes all but what goes to one of these. */
  async function open(options: Record<string, unknown>, { from = null, refuse = [] }: { from?: Json; refuse?: string[] } = {}) {
    const sent: { to: string; body: Record<string, Json> }[] = [];
    const io = virtualIo({ auto: true });
    const fetch = async (url: string, init?: RequestInit) => {
      const body = JSON.parse(String(init?.body)) as Record<string, Json>;
      const to = String(body['routing_key'] ?? body['channel'] ?? url);
      if (refuse.includes(to)) return new Response('', { status: 503 });
      sent.push({ to, body });
      return new Response(JSON.stringify({ ok: true, channel: to, ts: `${sent.length}` }));
    };
    const given = webhook.spec.options.parse({ perMinute: 600, drain: '1s', ...options });
    const context = { io: { ...io, net: { ...io.net, fetch } }, id: 'pager', dataDir: folder.path, from, pipeline: 'p', contacts };
    const sink = await webhook.spec.open(given, context);
    const give = async (...changes: FindingChanges[]) => {
      for (const one of changes) {
        await sink.write([signal(one)]);
        for (let i = 0; i < 50; i += 1) await settle(2);
      }
      return sent.map(
        ({ to, body }) =>
          `${to} ${String(
            body['event_action'] ??
              String(body['text'] ?? body['state'])
                .split(']')[0]!
                .slice(1),
          )}`,
      );
    };
    return { give, sink, sent };
  }
  const pagerduty = { format: 'pagerduty', routingKey: 'KEY-ALL-01', url: 'https://events.test/' };
  const slack = { format: 'slack', token: 'xoxb-secret', channel: 'C-all', url: 'https://slack.test' };

  it("is the pager of who has what moved first, by the catalog; the sink's own where nobody has it", async () => {
    const { give } = await open(pagerduty);
    expect(await give({}, { id: 'other', group_id: 'app:unknown', result: { ...episode.result, members: [] } })).to.deep.equal([
      'KEY-SHOP-1 trigger',
      'KEY-ALL-01 trigger',
    ]);
  });

  it('is a message for the one, and a note without buttons for who has another group of it', async () => {
    const { give, sent } = await open({ ...slack, buttons: true });
    expect((await give({})).toSorted()).to.deep.equal(['C-pay note: critical', 'C-shop critical']);
    const [note, page] = ['C-pay', 'C-shop'].map((name) => JSON.stringify(sent.find(({ to }) => to === name)!.body));
    expect(note).to.include('owner shop, who was sent this').and.not.include('caducus_ack');
    expect(page).to.include('owner shop.').and.include('caducus_ack');
  });

  it('is the first route that takes it, all behind one that goes on, and goes by severity and hour', async () => {
    const route = [
      { name: 'audit', when: {}, continue: true, url: 'https://audit.test/' },
      { name: 'night', when: { between: '22:00-07:00' }, url: 'https://night.test/' },
      { name: 'grave', when: { severity: 'critical' }, url: 'https://grave.test/' },
    ];
    const { give } = await open({ format: 'json', url: 'https://all.test/', route });
    expect(await give({}, { id: 'n', updated: '2026-05-04T23:00:00.000Z' }, { id: 'w', severity: 'warning' })).to.have.members([
      'https://audit.test/ critical',
      'https://grave.test/ critical',
      'https://audit.test/ critical',
      'https://night.test/ critical',
      'https://audit.test/ warning',
      'https://all.test/ warning',
    ]);
  });

  it('keeps who was sent it up to date, at whatever hour, and calls others only when it becomes graver', async () => {
    const route = [
      { name: 'night', when: { between: '22:00-07:00' }, routingKey: 'KEY-NIGHT-1' },
      { name: 'grave', when: { severity: 'critical' }, routingKey: 'KEY-GRAVE-1' },
    ];
    const { give } = await open({ ...pagerduty, route });
    expect(
      await give(
        { severity: 'warning', group_id: 'app:x', result: { ...episode.result, members: [] } },
        {
          severity: 'warning',
          state: 'acked',
          updated: '2026-05-04T23:00:00.000Z',
          group_id: 'app:x',
          result: { ...episode.result, members: [] },
        },
        { severity: 'critical', state: 'firing', group_id: 'app:x', result: { ...episode.result, members: [] } },
        { severity: 'critical', state: 'resolved', group_id: 'app:x', result: { ...episode.result, members: [] } },
      ),
    ).to.have.members([
      'KEY-ALL-01 trigger',
      'KEY-ALL-01 acknowledge',
      // Acknowledged there: an incident of its own says that it is graver; both are resolved.
      'KEY-ALL-01 trigger',
      'KEY-GRAVE-1 trigger',
      'KEY-ALL-01 resolve',
      'KEY-ALL-01 resolve',
      'KEY-GRAVE-1 resolve',
    ]);
  });

  it('has an outbox each: one that is down holds up no other, and is kept over a restart', async () => {
    const first = await open({ ...slack, timeout: '1s' }, { refuse: ['C-shop'] });
    expect(await first.give({})).to.deep.equal(['C-pay note: critical']);
    const saved = JSON.parse(JSON.stringify(first.sink.position!())) as Json;
    expect(first.sink.figures!()['routes']).to.deep.equal({ 'catalog:shop:shop': 1, 'catalog:payments:-pay': 0 });
    const { written, filtered, failed, held } = first.sink.counters;
    expect([written, filtered, failed, held]).to.deep.equal([0, 0, 0, 1]);
    await first.sink.close();
    const second = await open(slack, { from: saved });
    expect(await second.give({ state: 'resolved' })).to.include('C-shop critical');
    await second.sink.close();
  });

  it('counts a finding once, however many get it', async () => {
    const { give, sink } = await open(slack);
    await give({}, { id: 'mild', severity: 'info' });
    const { written, filtered, failed, held } = sink.counters;
    expect([written, filtered, failed, held]).to.deep.equal([1, 1, 0, 0]);
    await sink.close();
  });

  it('refuses two routes of one name, and conditions that are none', () => {
    const route = { name: 'a', when: {} };
    expect(webhook.spec.options.safeParse({ ...pagerduty, route: [route, route] }).success).to.equal(false);
    expect(webhook.spec.options.safeParse({ ...pagerduty, route: [{ name: 'a', wen: {} }] }).success).to.equal(false);
  });
});
