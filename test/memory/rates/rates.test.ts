import { expect } from 'chai';
import fc from 'fast-check';
import { computeFade, predict, skipWindows, startRate, updateRate, watchedAfter } from '../../../src/memory/rates/rates.ts';
import { surpriseAbove } from '../../../src/memory/rates/surprise.ts';

const HALF_LIFE = 288;
const fade = computeFade(1, HALF_LIFE);

function rateOf(counts: readonly number[]) {
  const rate = startRate(0);
  for (const n of counts) updateRate(rate, n, 1, fade);
  return rate;
}

describe('rates', () => {
  it('know nothing before the first window', () => expect(predict(startRate(0), 1)).to.equal(null));

  it('expect what has been, near enough', () => {
    expect(predict(rateOf(Array<number>(50).fill(60)), 1)!.mean).to.be.closeTo(60, 0.5);
    expect(predict(rateOf([1500]), 1)!.mean).to.be.closeTo(1430, 5);
  });

  it('expect of a topic never seen little, and less the longer the group was watched', () => {
    const means = [1, 24, 288].map((exposure) => predict(startRate(exposure), 1)!.mean);
    expect(means[0]).to.be.closeTo(0.48, 0.01);
    expect(means[1]).to.be.closeTo(0.02, 0.001);
    expect(means[2]).to.be.below(0.002);
  });

  it('are not made wild by one event in the last moment of a window', () => {
    const rate = startRate(0);
    updateRate(rate, 1, 1e-9, fade);
    for (let i = 0; i < 3; i++) updateRate(rate, 0, 1, fade);
    expect(surpriseAbove(1, predict(rate, 1)!)).to.be.below(3);
  });

  it('expect half in half a window', () => {
    const rate = rateOf([10, 20, 30]);
    expect(predict(rate, 0.5)!.mean).to.be.closeTo(predict(rate, 1)!.mean / 2, 1e-9);
  });

  it('are wider the more the counts have scattered', () => {
    const calm = predict(rateOf(Array<number>(20).fill(50)), 1)!;
    const wild = predict(rateOf(Array.from({ length: 20 }, (_, i) => (i % 2 ? 100 : 0))), 1)!;
    expect(wild.mean).to.be.closeTo(calm.mean, 2);
    expect(wild.variance).to.be.above(5 * calm.variance);
  });

  it('skip windows as if each had been folded with a count of 0', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 20 }), fc.integer({ min: 1, max: 300 }), (counts, windows) => {
        const stepped = rateOf(counts);
        const skipped = rateOf(counts);
        for (let i = 0; i < windows; i++) updateRate(stepped, 0, 1, fade);
        skipWindows(skipped, windows, HALF_LIFE);
        for (const part of ['sum', 'squares', 'exposure'] as const)
          expect(skipped[part]).to.be.closeTo(stepped[part], 1e-6 * (1 + stepped[part]));
      }),
    );
  });

  it('forget by half in a half-life', () => {
    const rate = rateOf([1000]);
    skipWindows(rate, HALF_LIFE, HALF_LIFE);
    expect(rate.sum).to.be.closeTo(500, 1e-9);
    expect(watchedAfter(0, 1e9, HALF_LIFE)).to.be.closeTo(1 / (1 - fade), 1e-6);
  });
});
