import { expect } from 'chai';
import type { Finding } from '../../../src/signal.ts';
import { findingBrief } from '../../../src/views/finding/findingBrief.ts';
import { halfSpent } from '../../support/views/budgetResult.ts';
import { changedFinding } from '../../support/findings.ts';
import { plainView } from '../../support/views/plainView.ts';
import { episode, quiet, spike } from '../../support/views/viewSamples.ts';

const brief = (finding: Finding) => findingBrief(finding, plainView);
const withResult = (finding: Finding, more: object, state = finding.state) =>
  changedFinding(finding, { state, result: { ...finding.result, ...more } });

describe('what a finding comes down to', () => {
  it('of a spike is its value beside the usual, and how many times that is where there is one', () => {
    expect(brief(spike)).to.equal('1,204, usual 61 (20x)');
    expect(brief(withResult(spike, { usual: 0 }))).to.equal('1,204, usual 0');
  });

  it('of a budget follows the rule that fired', () => {
    const budget = (rule: string | null) => brief(changedFinding(spike, { type: 'budget', result: { ...halfSpent(), rule } }));
    expect(budget('actual:0.5')).to.equal('50.00 of 100.00 USD');
    expect(budget(null)).to.equal('50.00 of 100.00 USD');
    expect(budget('burn:fast')).to.match(/^fast, [\d.]+x in 6h, [\d.]+x in 30m$/);
    expect(budget('burn:unknown')).to.equal('50.00 of 100.00 USD');
    expect(budget('forecasted:1')).to.match(/^[\d,.]+ USD expected, [\d,.]+ to [\d,.]+$/);
  });

  it('is who answered it, before any number', () => {
    const acked = { acked: { who: 'ana', at: spike.updated, note: 'rolling back' } };
    expect(brief(withResult(spike, acked, 'acked'))).to.equal('by ana: "rolling back"');
    expect(brief(withResult(spike, { resolved_by: { who: 'bo', at: spike.updated } }, 'resolved'))).to.equal('by bo');
    expect(brief(withResult(spike, acked, 'resolved'))).to.equal('1,204, usual 61 (20x)');
  });

  it('is until when it is silenced: a time of its day, or a word as it was written', () => {
    expect(brief(withResult(spike, { silenced_until: '2026-05-04T12:00:00Z' }))).to.equal('silenced until 12:00:00Z');
    expect(brief(withResult(spike, { silenced_until: '2026-05-09T12:00:00Z' }))).to.equal('silenced until 2026-05-09');
    expect(brief(withResult(spike, { silenced_until: 'resolved' }))).to.equal('silenced until resolved');
  });

  it('is nothing where it has no numbers of its own, or a result that is not its type', () => {
    expect([episode, quiet].map(brief)).to.deep.equal(['', '']);
    expect(brief(changedFinding(spike, { result: { value: 'many' } }))).to.equal('');
  });
});
