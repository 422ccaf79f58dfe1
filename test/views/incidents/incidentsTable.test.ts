import { expect } from 'chai';
import { linkIncidents } from '../../../src/findings/incidents/incident.ts';
import { incidentsTable } from '../../../src/views/incidents/incidentsTable.ts';
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

describe('the list of incidents', () => {
  it('has a line each: how long, which one it is the return of, what ended it', () => {
    expect(incidentsTable(incidents, view).map((line) => line.trimEnd())).to.deep.equal([
      'id    since              lasted  state     patterns  seen before  ended by  what',
      'e7c1  2026-05-04 09:55Z       -  firing           3  e4aa         -         Payment gateway pay-3 refused <id>: timeout',
      'e4aa  2026-02-11 04:20Z     41m  resolved         3  -            ada       Payment gateway pay-3 refused <id>: timeout',
      '',
      'caducus incident e7c1      caducus postmortem e7c1 --format markdown',
    ]);
  });

  it('says when there are none', () => {
    expect(incidentsTable([], view)).to.deep.equal(['No incident is known.  A pipeline with the operators rules and episodes keeps them.']);
  });
});
