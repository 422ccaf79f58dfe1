import { expect } from 'chai';
import { readPagerDuty } from '../../../src/sources/answers/readPagerDuty.ts';

const none = new Map<string, string>();
const ana = { type: 'user_reference', id: 'PUSER', summary: 'Ana' };
const event = (event_type: string, data: object, agent: object | null = ana) => ({
  event: { id: `e-${event_type}`, event_type, resource_type: 'incident', occurred_at: '2026-05-04T10:00:00.000Z', agent, data },
});
const incident = { id: 'PINC', incident_key: 'caducus-yiku5svt2daed2br', type: 'incident' };
const mark = (...args: Parameters<typeof event>) => readPagerDuty(event(...args), none).mark;

describe('a webhook of PagerDuty', () => {
  it('is the answer of a person to a finding', () => {
    expect(mark('incident.acknowledged', incident)).to.deep.include({
      type: 'ack',
      target: 'yiku5svt2daed2br',
      who: 'Ana',
      at: '2026-05-04T10:00:00.000Z',
      via: 'pagerduty',
    });
    expect(mark('incident.resolved', incident)?.type).to.equal('resolve');
    expect(mark('incident.unacknowledged', incident)).to.include({ type: 'ack', until: '2026-05-04T10:00:00.000Z' });
    expect(mark('incident.acknowledged', { ...incident, incident_key: 'caducus-yiku5svt2daed2br-critical' })?.target).to.equal(
      'yiku5svt2daed2br',
    );
  });

  it('is an acknowledgement with an end where it was snoozed', () => {
    const pending_actions = [{ type: 'unacknowledge', at: '2026-05-04T14:00:00Z' }];
    expect(mark('incident.acknowledged', { ...incident, pending_actions })?.until).to.equal('2026-05-04T14:00:00Z');
  });

  it('is a note by the incident it names, once the incident is known', () => {
    const data = { id: 'N1', content: 'rolling back', incident: { id: 'PINC', type: 'incident_reference' } };
    expect(mark('incident.annotated', data)).to.equal(null);
    const known = new Map([['PINC', 'yiku5svt2daed2br']]);
    expect(readPagerDuty(event('incident.annotated', data), known).mark).to.include({
      type: 'note',
      text: 'rolling back',
      target: 'yiku5svt2daed2br',
    });
    expect(readPagerDuty(event('incident.triggered', incident, null), none).incident).to.deep.equal({
      id: 'PINC',
      finding: 'yiku5svt2daed2br',
    });
  });

  it('is the same mark when it comes twice', () => {
    expect(mark('incident.resolved', incident)).to.deep.equal(mark('incident.resolved', incident));
    expect(mark('incident.resolved', incident)!.id).to.not.equal(mark('incident.acknowledged', incident)!.id);
  });

  it('says nothing of what an integration did, of incidents of others, or of what is no answer', () => {
    for (const agent of [null, { type: 'events_api_v2_inbound_integration_reference', id: 'P1' }])
      expect(mark('incident.acknowledged', incident, agent)).to.equal(null);
    expect(mark('incident.acknowledged', { ...incident, incident_key: 'other' })).to.equal(null);
    expect(mark('incident.reassigned', incident)).to.equal(null);
    for (const body of [null, 1, [], {}, { event: null }, { event: { event_type: '__proto__' } }, { event: { data: [] } }])
      expect(readPagerDuty(body, none)).to.deep.include({ mark: null, incident: null });
  });
});
