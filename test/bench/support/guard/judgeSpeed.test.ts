import { expect } from 'chai';
import { judgeSpeed } from '../../../../bench/support/guard/judgeSpeed.ts';

const rounds = (now: number[], before = [1, 2, 1, 4, 1]) => [{ what: 'blips', before, now }];

describe('judgeSpeed', () => {
  it('takes the median of the ratios of rounds, so that one slow round, or a slow machine, is no loss', () => {
    expect(judgeSpeed(rounds([1.1, 2.2, 9, 4.4, 1.1]), 0.15)).to.deep.equal([{ what: 'blips', ratio: 1.1, slower: false }]);
  });

  it('tells what takes longer than it may', () => {
    expect(judgeSpeed(rounds([1.2, 2.4, 1.2, 4, 1]), 0.15)).to.deep.equal([{ what: 'blips', ratio: 1.2, slower: true }]);
    expect(judgeSpeed(rounds([1.15, 2.3, 1.15, 4.6, 1.15]), 0.15)[0]!.slower).to.equal(false);
  });
});
