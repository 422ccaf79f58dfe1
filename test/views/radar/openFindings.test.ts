import { expect } from 'chai';
import type { Finding } from '../../../src/signal.ts';
import { isQuietGroup, openFindings, tally } from '../../../src/views/radar/openFindings.ts';
import { changedFinding } from '../../support/findings.ts';
import { plainView } from '../../support/views/plainView.ts';
import { episode, quiet, spike } from '../../support/views/viewSamples.ts';

const now = Date.parse(spike.updated);
const lines = (findings: readonly Finding[]) => openFindings(findings, now, (id) => id.slice(0, 4), plainView);

describe('the open findings of a radar', () => {
  it('stand worst first, then oldest first, then by id', () => {
    const critical = changedFinding(spike, { id: 'cccc', severity: 'critical' });
    const older = changedFinding(spike, { id: 'dddd', since: '2026-05-04T09:00:00.000Z' });
    const same = changedFinding(spike, { id: 'aaaa' });
    expect(lines([spike, same, older, critical]).map((line) => line.slice(9, 13))).to.deep.equal(['', 'cccc', 'dddd', 'aaaa', 'f3a9']);
  });

  it('leave out what has another place, or is over', () => {
    expect(lines([episode, quiet, changedFinding(spike, { state: 'resolved' })])).to.deep.equal([]);
    expect(isQuietGroup(quiet)).to.equal(true);
    expect(isQuietGroup(changedFinding(quiet, { result: { count: 3 } }))).to.equal(false);
  });

  it('are counted from the sixth on', () => {
    const many = (length: number) => Array.from({ length }, (_, at) => changedFinding(spike, { id: `id${at}` }));
    expect(lines(many(5))).to.have.length(6);
    expect(lines(many(7)).at(-1)).to.equal('2 more findings.');
  });
});

describe('the sum of the findings', () => {
  it('counts firing, acked and silenced, and is nothing of nothing', () => {
    expect(tally([spike, spike, changedFinding(spike, { state: 'acked' })], 0)).to.equal('Firing 2, acked 1.');
    expect(tally([], 1)).to.equal('Firing 0, acked 0, silenced 1.');
    expect(tally([], 0)).to.equal(null);
  });
});
