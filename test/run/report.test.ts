import { expect } from 'chai';
import { imbalances, Tally, type RunReport } from '../../src/run/report.ts';

const report = (change: Partial<RunReport>): RunReport => ({
  pipeline: 'p',
  reason: 'input ended',
  took: 1,
  first: null,
  last: null,
  sources: [],
  operators: [],
  sinks: [],
  late: 0,
  rejected: [],
  windows: 0,
  patterns: 0,
  newPatterns: 0,
  findings: 0,
  episodes: 0,
  ...change,
});

describe('imbalances', () => {
  it('are none where everything adds up', () => {
    expect(imbalances(report({ sources: [{ id: 'a', read: 6, accepted: 3, rejected: 2, duplicate: 1 }] }))).to.deep.equal([]);
  });

  it('name what does not, of sources, operators and sinks', () => {
    const off = report({
      sources: [{ id: 'a', read: 6, accepted: 3, rejected: 2, duplicate: 0 }],
      operators: [{ id: 'm', in: 4, forwarded: 1, consumed: 2, refused: 0, emitted: 9, evicted: 0 }],
      sinks: [{ id: 'out', from: [], offered: 5, written: 2, filtered: 1, failed: 0, held: 1, note: '', figures: {} }],
    });
    expect(imbalances(off)).to.deep.equal([
      'source a: read 6, accepted 3 + rejected 2 + duplicate 0 + held 0 + filtered 0',
      'operator m: in 4, forwarded 1 + consumed 2',
      'sink out: offered 5, written 2 + filtered 1 + failed 0 + held 1',
    ]);
  });
});

describe('reasons of rejected records', () => {
  it('are counted whatever many there are: those past a thousand as one', () => {
    const tally = new Tally();
    for (let i = 0; i < 1100; i += 1) tally.rejected(`reason ${i}`, `line ${i}`);
    tally.rejected('reason 7', 'line 1200');
    const reasons = tally.rejectedReasons;
    expect(reasons.length).to.equal(1001);
    expect(reasons[0]).to.deep.equal({ reason: 'other reasons', count: 100, example: 'line 1000' });
    expect(reasons[1]).to.include({ reason: 'reason 7', count: 2 });
    expect(reasons.reduce((sum, { count }) => sum + count, 0)).to.equal(1101);
  });
});
