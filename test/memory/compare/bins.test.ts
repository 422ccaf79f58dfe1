import { expect } from 'chai';
import fc from 'fast-check';
import { addToBins, countWindows, mergeBins, startBins } from '../../../src/memory/compare/bins.ts';

const times = fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_900_000_000 }), { minLength: 1, maxLength: 200 });
const fill = (all: readonly number[]) => {
  const bins = startBins();
  for (const time of all) addToBins(bins, time);
  return bins;
};

describe('counts in bins', () => {
  it('are bounded, lose no event, and are the same in whatever order these come', () => {
    fc.assert(
      fc.property(times, (all) => {
        const bins = fill(all);
        expect(bins.counts.size).to.be.at.most(128);
        expect([...bins.counts.values()].reduce((a, b) => a + b)).to.equal(all.length);
        const turned = fill(all.toReversed());
        expect([...turned.counts].toSorted(([a], [b]) => a - b)).to.deep.equal([...bins.counts].toSorted(([a], [b]) => a - b));
      }),
    );
  });

  it('of two put together are those of all', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const merged = fill(a);
        mergeBins(merged, fill(b));
        expect([...merged.counts.values()].reduce((x, y) => x + y)).to.equal(a.length + b.length);
        expect([merged.first, merged.last]).to.deep.equal([Math.min(...a, ...b), Math.max(...a, ...b)]);
      }),
    );
  });

  it('are read in windows of a stretch, which hold them all', () => {
    const bins = fill([0, 1000, 2000, 9000]);
    expect(countWindows(bins, 0, 10_000, 2)).to.deep.equal([3, 1]);
    expect(countWindows(bins, 0, 10_000, 10)).to.deep.equal([1, 1, 1, 0, 0, 0, 0, 0, 0, 1]);
  });
});
