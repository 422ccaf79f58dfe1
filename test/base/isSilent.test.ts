import { expect } from 'chai';
import { isSilent, usualGap } from '../../src/base/isSilent.ts';

describe('isSilent', () => {
  it('is what is silent for twenty usual gaps and for a minute', () => {
    const often = { count: 101, first: 0, last: 1_000_000 };
    expect(usualGap(often)).to.equal(10_000);
    expect([isSilent(often, 200_000), isSilent(often, 200_001)]).to.deep.equal([false, true]);
    expect([60_000, 60_001].map((ms) => isSilent({ count: 101, first: 0, last: 100 }, ms))).to.deep.equal([false, true]);
  });

  it('is nothing that has hardly spoken', () => {
    const rarely = { count: 19, first: 0, last: 19 };
    expect([usualGap(rarely), isSilent(rarely, 1e9)]).to.deep.equal([null, false]);
  });
});
