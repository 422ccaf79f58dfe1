import { expect } from 'chai';
import fc from 'fast-check';
import { closeNoveltyWindow, newPerWindow, scoreNovelty, startNovelty } from '../../../src/memory/rates/novelty.ts';

describe('novelty', () => {
  it('is small while everything is new and grows with what was seen without anything new', () => {
    const rate = startNovelty();
    expect(scoreNovelty(rate)).to.equal(1);
    rate.founded = 10;
    const bitsAfter = [10, 100, 1000].map((events) => scoreNovelty({ ...rate, events }));
    expect(bitsAfter[0]).to.be.below(0.2);
    expect(bitsAfter[1]).to.be.closeTo(3.3, 0.1);
    expect(bitsAfter[2]).to.be.closeTo(6.6, 0.1);
  });

  it('is bounded by twelve bits', () => expect(scoreNovelty({ founded: 1, events: 1e9, later: 0, windows: 1e6 })).to.equal(12));

  it('is discounted where the group makes new topics all the time', () => {
    const calm = { founded: 10, events: 1e5, later: 0, windows: 200 };
    expect(scoreNovelty({ ...calm, later: 600 })).to.be.below(0.1);
    expect(scoreNovelty({ ...calm, later: 2 })).to.be.within(5, 8);
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (later, more) => {
        expect(scoreNovelty({ ...calm, later: later + more })).to.be.at.most(scoreNovelty({ ...calm, later }) + 1e-9);
      }),
    );
  });

  it('counts new topics a window, faded', () => {
    const rate = startNovelty();
    for (let i = 0; i < 9; i++) closeNoveltyWindow(rate, 2, 1);
    expect(newPerWindow(rate)).to.be.closeTo(1.8, 1e-9);
  });
});
