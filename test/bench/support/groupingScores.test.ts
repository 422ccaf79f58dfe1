import { expect } from 'chai';
import { groupingScores } from '../../../bench/support/groupingScores.ts';
import { shuffled } from '../../../bench/support/shuffled.ts';

describe('groupingScores', () => {
  it('is perfect for the same groups under other names', () => {
    expect(groupingScores(['a', 'b', 'a'], ['x', 'y', 'x'])).to.deep.equal({ GA: 1, FGA: 1, PF1: 1 });
  });

  it('counts lines whose whole group was found, and groups found', () => {
    // a is whole, b is split in two: 2 of 5 lines, 1 of 3 predicted and 1 of 2 true groups, 1 + 1 of 1 + 3 and 1 + 1 pairs
    const scores = groupingScores(['a', 'a', 'b', 'b', 'b'], ['x', 'x', 'y', 'y', 'z']);
    expect(scores.GA).to.equal(0.4);
    expect(scores.FGA).to.be.closeTo(0.4, 1e-12);
    expect(scores.PF1).to.be.closeTo(4 / 6, 1e-12);
  });

  it('is nothing when no group was found', () => {
    expect(groupingScores(['a', 'a', 'b', 'b'], ['x', 'y', 'x', 'y'])).to.deep.equal({ GA: 0, FGA: 0, PF1: 0 });
  });

  it('refuses lists of different length', () => expect(() => groupingScores(['a'], [])).to.throw(RangeError));
});

describe('shuffled', () => {
  it('keeps every item and depends on the seed alone', () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    expect(shuffled(items, 1)).to.deep.equal(shuffled(items, 1)).and.not.to.deep.equal(shuffled(items, 2));
    expect(shuffled(items, 1).sort((a, b) => a - b)).to.deep.equal(items);
  });
});
