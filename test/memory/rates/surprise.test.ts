import { expect } from 'chai';
import fc from 'fast-check';
import { computeFade, predict, startRate, updateRate, type Prediction } from '../../../src/memory/rates/rates.ts';
import { surpriseAbove, surpriseBelow } from '../../../src/memory/rates/surprise.ts';

const rates = fc.array(fc.nat(2000), { minLength: 1, maxLength: 30 }).map((counts): Prediction => {
  const rate = startRate(0);
  for (const n of counts) updateRate(rate, n, 1, computeFade(1, 288));
  return predict(rate, 1)!;
});

const count = fc.nat(100_000);

describe('surprise', () => {
  it('never falls as more events come than expected', () => {
    fc.assert(
      fc.property(
        rates,
        count,
        fc.nat(5000),
        (rate, n, more) => void expect(surpriseAbove(n + more, rate)).to.be.at.least(surpriseAbove(n, rate) - 1e-6),
      ),
    );
  });

  it('never falls as fewer events come than expected', () => {
    fc.assert(
      fc.property(
        rates,
        count,
        fc.nat(5000),
        (rate, n, fewer) => void expect(surpriseBelow(Math.max(0, n - fewer), rate)).to.be.at.least(surpriseBelow(n, rate) - 1e-6),
      ),
    );
  });

  it('is finite, never negative, and bounded below 32 bits', () => {
    fc.assert(
      fc.property(rates, count, (rate, n) => {
        for (const bits of [surpriseAbove(n, rate), surpriseBelow(n, rate)]) expect(bits).to.be.within(0, 32);
      }),
    );
  });

  it('is less for the same count where the counts have scattered more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 500 }), fc.integer({ min: 2, max: 20 }), (mean, times) => {
        const narrow = { mean, variance: 1.5 * mean };
        const wide = { mean, variance: mean + mean * mean };
        expect(surpriseAbove(mean * times, wide)).to.be.at.most(surpriseAbove(mean * times, narrow) + 1e-6);
      }),
    );
  });

  it('allows what one calm window in eight does', () => {
    const poisson = { mean: 100, variance: 100.1 };
    expect([surpriseAbove(100, poisson), surpriseAbove(110, poisson), surpriseBelow(90, poisson)]).to.deep.equal([0, 0, 0]);
    expect(surpriseAbove(140, poisson)).to.be.above(8);
    expect(surpriseBelow(60, poisson)).to.be.above(8);
  });

  it('says nothing above for no events', () => expect(surpriseAbove(0, { mean: 5, variance: 6 })).to.equal(0));
});
