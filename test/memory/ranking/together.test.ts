import { expect } from 'chai';
import fc from 'fast-check';
import { hasMoved, startMoves, togetherBits, updateMoves } from '../../../src/memory/ranking/together.ts';

describe('co-occurrence', () => {
  const usual = startMoves();
  for (let i = 0; i < 50; i++) updateMoves(usual, 1, 40);

  it('is worth more the more move, and the rarer that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(50), (others, more) => {
        expect(togetherBits(usual, others + more, 300)).to.be.at.least(togetherBits(usual, others, 300) - 1e-9);
        expect(togetherBits(usual, others, 300)).to.be.within(0, 8);
      }),
    );
    expect(togetherBits(usual, 5, 40)).to.be.above(2);
    expect(togetherBits(usual, 2, 40)).to.equal(0);
    expect(togetherBits(usual, 1, 400)).to.equal(0);
  });

  it('is nothing alone, and nothing before three windows', () => {
    expect(togetherBits(usual, 0, 40)).to.equal(0);
    expect(togetherBits(startMoves(), 9, 9)).to.equal(0);
  });

  it('counts as moved only what has bits behind its word', () => {
    const of = (surprise: number, novelty: number) => ({ surprise, burst: 0, novelty });
    expect(hasMoved('new', of(0, 1))).to.equal(false);
    expect(hasMoved('new', of(0, 8))).to.equal(true);
    expect(hasMoved('steady', of(9, 0))).to.equal(false);
    expect(hasMoved('gone', of(4, 0))).to.equal(true);
  });
});
