import { expect } from 'chai';
import fc from 'fast-check';
import { scoreBurst } from '../../../src/memory/rates/burst.ts';

const minute = 60_000;

const usual = (mean: number) => ({ mean, variance: mean });

describe('a burst', () => {
  it('is seen in the fullest minute of a window that is as full as ever', () => {
    const calm = scoreBurst({ windowMs: 60 * minute, peak: 2, trend: [60], predicted: usual(60) })!;
    const burst = scoreBurst({ windowMs: 60 * minute, peak: 50, trend: [60], predicted: usual(60) })!;
    expect(calm.bits).to.equal(0);
    expect(burst).to.include({ minutes: 1, count: 50, expected: 1 });
    expect(burst.bits).to.be.greaterThan(9);
  });

  it('is seen over five minutes where no window by itself stands out', () => {
    const burst = scoreBurst({ windowMs: minute, peak: 0, trend: [1, 1, 4, 4, 4, 4, 4], predicted: usual(1) })!;
    expect(burst).to.include({ minutes: 5, count: 20, expected: 5 });
    expect(burst.bits).to.be.greaterThan(10);
  });

  it('is looked for over no more windows than there are', () => {
    expect(scoreBurst({ windowMs: minute, peak: 0, trend: [9, 9, 9, 9], predicted: usual(1) })).to.equal(null);
    expect(scoreBurst({ windowMs: 30 * minute, peak: 0, trend: [90, 90], predicted: usual(1) })).to.include({ minutes: 60, count: 180 });
  });

  it('says how many spans it was looked for in, each of which had a chance to stand out', () => {
    const looks = (minutes: number, windows: number) =>
      scoreBurst({ windowMs: minutes * minute, peak: 9, trend: Array<number>(windows).fill(9), predicted: usual(minutes) })!.looks;
    expect([looks(60, 12), looks(5, 1), looks(5, 12)]).to.deep.equal([1, 1, 2]);
  });

  it('in the fullest minute costs the bits of having picked one of many', () => {
    const among = (minutes: number) => scoreBurst({ windowMs: minutes * minute, peak: 20, trend: [], predicted: usual(minutes) })!.bits;
    expect(among(2) - among(32)).to.be.closeTo(4, 1e-6);
  });

  it('is the more surprising the more came, and never less than nothing', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.double({ min: 0.1, max: 100, noNaN: true }), (few, more, mean) => {
        const bits = (peak: number) => scoreBurst({ windowMs: 10 * minute, peak, trend: [], predicted: usual(mean) })!.bits;
        expect(bits(few + more)).to.be.at.least(bits(few));
        expect(bits(few)).to.be.at.least(0);
      }),
    );
  });
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
