import { expect } from 'chai';
import { summary } from '../../../src/views/summary/summary.ts';
import { runSummary } from '../../support/views/viewSamples.ts';
import { plainView } from '../../support/views/plainView.ts';
import { describePage } from '../../support/views/describePage.ts';
import type { RunSummary } from '../../../src/views/summary/runSummary.ts';

describePage('summary', (view) => summary(runSummary, view));

describe('the summary of a run', () => {
  it('says so when a record is in none of the sums', () => {
    const lines = summary({ ...runSummary, analysed: runSummary.analysed - 3 }, plainView);
    expect(lines.find((line) => line.includes('BALANCED'))).to.equal('  UNBALANCED     120,099 + 388 + 11 + 17 + 0 = 120,515, 3 missing');
  });
  it('names kinds of reasons, not every wording', () => {
    const wordings = [1, 2, 3].map((column) => ({ reason: `broken JSON at column ${column}: unexpected "x${column}"`, count: 4 }));
    const long = [{ reason: 'line of 2000000 bytes is longer than the limit of 1048576 bytes', count: 1 }];
    const lines = (rejected_reasons: RunSummary['rejected_reasons']) =>
      summary({ ...runSummary, rejected_reasons }, plainView).find((line) => line.includes('rejected ls'))!;
    expect(lines([...wordings, { reason: 'no time', count: 5 }])).to.match(/ 12 broken JSON, 5 no time +caducus rejected ls$/);
    expect(lines([...wordings, ...long])).to.match(/ 12 broken JSON, … +caducus rejected ls$/);
    expect(lines(long)).to.match(/ 1 line of <n> bytes is longer than the limit… +caducus rejected ls$/);
  });
  it('has no rows for what was not there', () => {
    const lines = summary(
      { ...runSummary, first: null, last: null, sources: [], sinks: [], state: undefined, disk: undefined },
      plainView,
    ).join('\n');
    expect(lines)
      .to.include('no records')
      .and.not.match(/source|sink|state|disk/);
  });
});
