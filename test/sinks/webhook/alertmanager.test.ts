import { expect } from 'chai';
import fc from 'fast-check';
import type { Finding } from '../../../src/signal.ts';
import { alertmanager } from '../../../src/sinks/webhook/alertmanager.ts';
import { messageMaker } from '../../../src/sinks/webhook/message.ts';
import { readState, type Delivered } from '../../../src/sinks/webhook/receiver.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  generatorURL?: string;
}
const links = [{ name: 'radar', href: 'https://radar.example/#/e/e7c1aa' }];
const receiver = (labels: Record<string, string> = { team: 'shop' }) =>
  alertmanager({
    url: 'http://am.test:9093/',
    headers: { authorization: 'Bearer x' },
    message: messageMaker(() => ({ links })),
    labels: () => labels,
  });
const alertsIn = (finding: Finding, last: Delivered | null = null, labels?: Record<string, string>) => {
  const call = receiver(labels).call(finding, last)!;
  return { ...call, alerts: JSON.parse(call.body) as Alert[] };
};
const at = (changes: FindingChanges): Finding => changedFinding(episode, changes);
const sent = (finding: Finding): Delivered => ({
  content: receiver().content(finding),
  state: readState(finding),
  at: 0,
  ref: receiver().keep!(finding, null, null),
});

describe('Alertmanager', () => {
  it('gets an alert with the finding and its group as labels, that ends when the finding does', () => {
    const { url, headers, alerts } = alertsIn(at({}));
    expect(url).to.equal('http://am.test:9093/api/v2/alerts');
    expect(headers).to.include({ authorization: 'Bearer x' });
    expect(alerts).to.have.lengthOf(1);
    expect(alerts[0]!.labels).to.deep.equal({
      team: 'shop',
      alertname: 'episode',
      severity: 'critical',
      caducus_id: 'e7c1aa',
      caducus_group: 'app:orders',
    });
    expect(alerts[0]!.annotations['summary']).to.equal(
      '[critical] orders: Payment gateway pay-3 refused <id>: timeout, and 1 more service',
    );
    expect(alerts[0]).to.include({ startsAt: episode.since, endsAt: '2026-05-05T10:00:00.000Z', generatorURL: links[0]!.href });
    expect(alertsIn(at({ state: 'resolved' }), sent(at({}))).alerts[0]!.endsAt).to.equal(episode.updated);
  });

  it('is told that the milder alert is over when it becomes graver', () => {
    const { alerts } = alertsIn(at({}), sent(at({ severity: 'warning' })));
    expect(alerts.map(({ labels, endsAt }) => [labels['severity'], endsAt])).to.deep.equal([
      ['warning', episode.updated],
      ['critical', '2026-05-05T10:00:00.000Z'],
    ]);
  });

  it('is reminded now and then of what is on, and not of an acknowledgement', () => {
    const content = (changes: FindingChanges) => receiver().content(at(changes));
    expect(content({ state: 'acked' })).to.equal(content({}));
    expect(content({ updated: '2026-05-04T10:30:00.000Z' })).to.equal(content({}));
    expect(content({ updated: '2026-05-04T11:00:00.000Z' })).to.not.equal(content({}));
    expect(receiver().minor(at({ updated: '2026-05-04T11:00:00.000Z' }), sent(at({})))).to.equal(true);
  });

  it('gets labels that it takes, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }), (name, value) => {
        const { alerts } = alertsIn(at({ group_id: value, title: value }), null, {
          [name]: value,
          '1st': 'x',
          'app.kubernetes.io/name': 'a',
        });
        for (const [label, text] of Object.entries(alerts[0]!.labels)) {
          expect(label).to.match(/^[A-Za-z_][A-Za-z0-9_]*$/);
          expect(text.length).to.be.within(1, 200);
        }
        expect(alerts[0]!.labels).to.include({ _1st: 'x', app_kubernetes_io_name: 'a' });
      }),
    );
  });
});
