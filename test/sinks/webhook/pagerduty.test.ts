import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/event.ts';
import type { Finding } from '../../../src/signal.ts';
import { messageMaker } from '../../../src/sinks/webhook/message.ts';
import { pagerDuty } from '../../../src/sinks/webhook/pagerduty.ts';
import { readState, type Delivered } from '../../../src/sinks/webhook/receiver.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

const links = [{ name: 'radar', href: 'https://radar.example/#/e/e7c1aa' }];
const receiver = pagerDuty({ routingKey: 'R0123456789', message: messageMaker(() => ({ links })) });
const at = (changes: FindingChanges): Finding => changedFinding(episode, changes);

/** Sends the states one after the other as the pump does, and returns the events. */
function events(...findings: Finding[]): JsonObject[] {
  let last: Delivered | null = null;
  const sent: JsonObject[] = [];
  for (const finding of findings) {
    for (let part = true; part;) {
      const call = receiver.call(finding, last);
      part = receiver.isPart!(finding, last);
      if (call) sent.push(JSON.parse(call.body) as JsonObject);
      const ref = JSON.parse(JSON.stringify(receiver.keep!(finding, last, null))) as Json;
      last = { content: part ? '' : receiver.content(finding), state: readState(finding), at: 0, ref };
    }
  }
  return sent;
}
const spoken = (...findings: Finding[]) =>
  events(...findings).map((event) => `${String(event['event_action'])} ${String(event['dedup_key'])}`);
const acked = (severity: 'warning' | 'critical', via?: string) =>
  at({ state: 'acked', severity, result: { ...episode.result, acked: { who: 'ana', at: '', ...(via && { via }) } } });

describe('PagerDuty', () => {
  it('is sent one incident a finding, acknowledged and resolved under its key', () => {
    expect(spoken(at({}), acked('critical'), at({ state: 'resolved' }))).to.deep.equal([
      'trigger caducus-e7c1aa',
      'acknowledge caducus-e7c1aa',
      'resolve caducus-e7c1aa',
    ]);
  });

  it('is not told of an acknowledgement that was made there', () => {
    expect(spoken(at({}), acked('critical', 'pagerduty'), at({ state: 'resolved' }))).to.deep.equal([
      'trigger caducus-e7c1aa',
      'resolve caducus-e7c1aa',
    ]);
  });

  it('calls anew when it becomes graver after somebody has acknowledged it, and resolves both', () => {
    for (const via of [undefined, 'pagerduty'])
      expect(
        spoken(at({ severity: 'warning' }), acked('warning', via), acked('critical', via), at({ state: 'resolved' })).filter(
          (event) => !event.startsWith('acknowledge'),
        ),
      ).to.deep.equal([
        'trigger caducus-e7c1aa',
        'trigger caducus-e7c1aa-critical',
        'resolve caducus-e7c1aa',
        'resolve caducus-e7c1aa-critical',
      ]);
  });

  it('says of one incident that it is graver while nobody has it', () => {
    expect(spoken(at({ severity: 'warning' }), at({ severity: 'critical' }), at({ state: 'resolved' }))).to.deep.equal([
      'trigger caducus-e7c1aa',
      'trigger caducus-e7c1aa',
      'resolve caducus-e7c1aa',
    ]);
  });

  it('goes on with an incident that an older release has begun', () => {
    const last: Delivered = { content: 'firing critical', state: 'firing critical', at: 0, ref: null };
    expect(receiver.isPart!(at({ state: 'resolved' }), last)).to.equal(false);
    expect(JSON.parse(receiver.call(at({ state: 'resolved' }), last)!.body)).to.include({
      event_action: 'resolve',
      dedup_key: 'caducus-e7c1aa',
    });
  });

  it('has a summary that begins with the title, and an address to go to', () => {
    const [event] = events(at({}));
    expect((event!['payload'] as JsonObject)['summary']).to.match(
      /^\[critical\] orders: Payment gateway pay-3 refused <id>: timeout, and 1 more service \| on 4m\. {2}pay-3 in 3 of 3\. \| after payments v412/,
    );
    expect(event).to.deep.include({ client_url: links[0]!.href, links: [{ href: links[0]!.href, text: 'radar' }] });
  });

  it('is within the limits of the Events API, whatever is in it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('', '😀'.repeat(9_000), 'x'.repeat(300_000)));
    fc.assert(
      fc.property(text, (one) => {
        const [event] = events(
          at({ title: one, group_id: one, result: { ...episode.result, changes: [{ at: '2026-05-04T09:00:00Z', text: one }] } }),
        );
        const { summary, source, group } = event!['payload'] as { summary: string; source: string; group: string };
        expect(summary.length).to.be.within(1, 1024);
        expect(Math.max(source.length, group.length)).to.be.at.most(255);
        expect(JSON.stringify(event).length).to.be.below(512_000);
        expect(summary).to.not.match(/[\ud800-\udbff]$/);
      }),
      { numRuns: 50 },
    );
  });
});
