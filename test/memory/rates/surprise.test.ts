import { expect } from 'chai';
import fc from 'fast-check';
import { scoreBurst } from '../../../src/memory/rates/burst.ts';
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

describe('burst', () => {
  const predicted = { mean: 60, variance: 200 };
  const input = { windowMs: 300_000, trend: Array<number>(12).fill(60), predicted };

  it('never falls as the fullest minute grows', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(500), (peak, more) => {
        expect(scoreBurst({ ...input, peak: peak + more })!.bits).to.be.at.least(scoreBurst({ ...input, peak })!.bits - 1e-6);
      }),
    );
  });

  it('names the span that stands out: a minute of the window, or the hour', () => {
    expect(scoreBurst({ ...input, peak: 60 })).to.include({ minutes: 1, count: 60, expected: 12 });
    const hour = { ...input, peak: 12, trend: Array<number>(12).fill(180) };
    expect(scoreBurst(hour)).to.include({ minutes: 60, count: 2160, expected: 720 });
  });

  it('is silent in calm traffic', () => expect(scoreBurst({ ...input, peak: 15 })!.bits).to.equal(0));

  it('looks over minutes and the hour where windows are shorter', () => {
    const burst = scoreBurst({
      windowMs: 15_000,
      peak: 400,
      trend: [...Array<number>(8).fill(60), 400, 400, 400, 400],
      predicted,
    });
    expect(burst).to.include({ minutes: 1, count: 1600, expected: 240 });
  });
});

describe('the tail of a burst', () => {
  it('is that of the span that chance gives least, whichever has the highest score', () => {
    const predicted = { mean: 0.3, variance: 0.301 };
    const short = scoreBurst({ windowMs: 300_000, peak: 2, trend: [...Array<number>(11).fill(0), 4], predicted })!;
    const long = scoreBurst({ windowMs: 300_000, peak: 2, trend: [...Array<number>(6).fill(0), 4, 4, 4, 4, 4, 4], predicted })!;
    expect(long.tail)
      .to.be.above(20)
      .and.above(short.tail + 5);
  });
});
