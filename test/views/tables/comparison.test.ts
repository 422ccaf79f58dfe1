import { expect } from 'chai';
import type { ComparedPattern, ComparisonResult } from '../../../src/memory/compare/comparisonResult.ts';
import { comparisonMarkdown, comparisonPage } from '../../../src/views/tables/comparison.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const row = (over: Partial<ComparedPattern>): ComparedPattern => ({
  template_id: 'k7f2aaaaaa',
  group_id: 'hdfs',
  label: 'Disk failure on dn2',
  pattern: 'Disk failure on dn2',
  state: 'new',
  level: 'ERROR',
  before: 0,
  after: 38,
  usual: 0,
  times: null,
  bits: { surprise: 17, burst: 0, novelty: 9, severity: 8, together: 0, total: 34 },
  score: 90.5,
  first_seen: '2026-03-14T03:05:00.000Z',
  last_seen: '2026-03-14T03:09:00.000Z',
  example: null,
  ...over,
});
const result: ComparisonResult = {
  before: { name: 'quiet.log', from: '2026-03-14T02:00:00.000Z', to: '2026-03-14T03:00:00.000Z', events: 8541, patterns: 5 },
  after: { name: 'incident.log', from: '2026-03-14T03:00:00.000Z', to: '2026-03-14T03:15:00.000Z', events: 2787, patterns: 8 },
  volume: 1.305,
  patterns: [
    row({}),
    row({
      template_id: 'p9xaaaaaaa',
      label: 'order placed',
      state: 'slower',
      level: 'INFO',
      before: 39.4,
      after: 89,
      usual: 39.4,
      times: 2.23,
      numbers: { slot: 'duration_ms', quantile: 'p50', unit: null },
    }),
  ],
  steady: 4,
};

describe('the page of a comparison', () => {
  it('has both sides, how much came, what differs in words and in rows, numbers as numbers', () => {
    expect(comparisonPage(result, 20, view)).to.deep.equal([
      'DIFF  incident.log  against quiet.log                             2026-03-14  03:00-03:15Z',
      '2,787 events in 15m, 1.3x of the rate of 8,541 in 1h.  1 new, 1 slower, 4 steady.',
      '',
      'score  bits  level  state     count   usual  times  id    pattern',
      '   91  34.0  ERROR  new          38       0      -  k7f2  Disk failure on dn2',
      '   91  34.0  INFO   slower       89    39.4   2.2x  p9xa  duration_ms p50: order placed',
    ]);
  });

  it('lists as many as are asked for, and says how the rest is had', () => {
    expect(comparisonPage(result, 1, view).at(-1)).to.equal('1 more.  --top 2 lists them.');
  });

  it('names groups only where there are several', () => {
    const two = { ...result, patterns: [row({}), row({ template_id: 'x', group_id: 'web' })] };
    expect(comparisonPage(two, 20, view)[3]).to.contain('id    group  pattern');
  });

  it('of what is the same has no rows', () => {
    expect(comparisonPage({ ...result, patterns: [] }, 20, view)).to.have.length(2);
  });

  it('for a ticket has the same cells', () => {
    const lines = comparisonMarkdown(result, 20, view);
    expect(lines[0]).to.equal('**incident.log** against **quiet.log**, 2026-03-14  03:00-03:15Z');
    expect(lines.at(-2)).to.equal('| 91 | 34.0 | ERROR | new | 38 | 0 | - | `k7f2` | `hdfs` | `Disk failure on dn2` |');
  });
});
