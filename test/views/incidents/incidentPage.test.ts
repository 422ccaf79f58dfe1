import { expect } from 'chai';
import { linkIncidents } from '../../../src/findings/incidents/incident.ts';
import { tellTimeline } from '../../../src/findings/incidents/timeline.ts';
import { incidentPage } from '../../../src/views/incidents/incidentPage.ts';
import { episode } from '../../support/views/viewSamples.ts';

const view = { columns: 120, color: false, ascii: false, timeZone: 'UTC' };
const before = {
  ...episode,
  id: 'e4aa01',
  state: 'resolved' as const,
  since: '2026-02-11T04:20:00.000Z',
  updated: '2026-02-11T05:01:00.000Z',
};
const incidents = linkIncidents(
  [episode, before],
  [{ id: '1', type: 'resolve', target: 'e4aa01', who: 'ada', at: '2026-02-11T05:01:00.000Z', text: 'gateway restarted' }],
);

describe('the page of an incident', () => {
  const page = (at: number) => incidentPage(incidents[at]!, tellTimeline(incidents[at]!), view);

  it('tells it in order of time, and names what it is the return of', () => {
    const lines = page(0);
    expect(lines[0]).to.match(/^INCIDENT {2}e7c1 {2}firing +2026-05-04 {2}09:55:32-10:00:00Z$/);
    expect(lines.join('\n')).to.match(/ -7:32 {2}09:48:00Z {2}change +payments v412/);
    expect(lines.join('\n')).to.match(/ \+1:29 {2}09:57:01Z {2}new {8}k7f2 {5}42 {2}app:orders +Payment gateway/);
    expect(lines.join('\n')).to.match(
      /seen before {2}since +alike {2}note\s*\ne4aa +2026-02-11 04:20Z {2}100\.0 % {2}"gateway restarted" +Payment gateway/,
    );
  });

  it('says what ended it, and that it came back', () => {
    expect(page(1)).to.include('3 patterns in 2 groups.  Was on 41m, ended by: ada.  In common: pay-3 in 3 of 3.');
    expect(page(1).join('\n')).to.contain('came back');
  });
});
