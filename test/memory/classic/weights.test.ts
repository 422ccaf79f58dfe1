import { expect } from 'chai';
import fc from 'fast-check';
import { DAY, addToWeight, closePeriods, isPruned, findPeriod, startWeight, findTier } from '../../../src/memory/classic/weights.ts';

/** Weights at the close of each day for so many events a day. */
function trace(days: readonly number[]): number[] {
  const fold = startWeight(0);
  return days.map((n, day) => {
    for (let i = 0; i < n; i++) addToWeight(fold, day * DAY + i, DAY);
    closePeriods(fold, day + 1, DAY);
    return Number(fold.weight.toFixed(6));
  });
}

describe('weights', () => {
  it('follow the trace: 3, 10, 5, 0, 0, 20, 0, 0, 0, 0 events a day', () => {
    expect(trace([3, 10, 5, 0, 0, 20, 0, 0, 0, 0])).to.deep.equal([
      0.5, 0.6, 0.65, 0.642857, 0.628571, 0.728571, 0.721429, 0.707143, 0.685714, 0.657143,
    ]);
  });

  it('are one half through the founding period, however many events it has', () => {
    for (const n of [1, 10, 1000]) expect(trace([n])).to.deep.equal([0.5]);
  });

  it('gain a tenth of full for one event and no more than full for a thousand', () => {
    expect(trace([1, 1])[1]).to.equal(0.51);
    expect(trace([1, 10])[1]).to.equal(0.6);
    expect(trace([1, 1000])[1]).to.equal(0.6);
  });

  it('lose by the days of absence, in full from a week on', () => {
    const absent = trace([1, ...Array<number>(9).fill(0)]);
    const losses = absent.slice(1).map((w, i) => Number((absent[i]! - w).toFixed(4)));
    expect(losses).to.deep.equal([0.0071, 0.0143, 0.0214, 0.0286, 0.0357, 0.0429, 0.05, 0.05, 0.05]);
  });

  it('count whole days when periods are shorter or longer than a day', () => {
    const hourly = startWeight(0);
    addToWeight(hourly, 0, DAY / 24);
    closePeriods(hourly, 24, DAY / 24);
    expect(hourly.weight).to.equal(0.5);
    closePeriods(hourly, 25, DAY / 24);
    expect(hourly.weight).to.be.closeTo(0.5 - 0.05 / 7, 1e-12);
    const weekly = startWeight(0);
    closePeriods(weekly, 2, 7 * DAY);
    expect(weekly.weight).to.equal(0.45);
  });

  it('never leave 0 to 1, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 }), (days) => {
        for (const weight of trace([1, ...days])) expect(weight).to.be.within(0, 1);
      }),
    );
  });

  it('do not depend on how often the periods are closed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 }), (days) => {
        const atOnce = startWeight(0);
        days.forEach((n, day) => {
          for (let i = 0; i < n; i++) addToWeight(atOnce, day * DAY, DAY);
        });
        closePeriods(atOnce, days.length, DAY);
        expect(Number(atOnce.weight.toFixed(6))).to.equal(trace(days).at(-1));
      }),
    );
  });

  it('cost nothing over a century of absence, and stay 0', () => {
    const fold = startWeight(0);
    closePeriods(fold, 1e12, DAY);
    expect(fold).to.include({ weight: 0, period: 1e12 });
  });

  it('count an event of a closed period in the open one', () => {
    const fold = startWeight(5);
    addToWeight(fold, 2 * DAY, DAY);
    expect(fold).to.include({ n: 1, period: 5, seen: 5 });
  });

  it('have tiers with their lower bounds inside, and prune strictly below 0.1', () => {
    expect([0.7, 0.699999, 0.3, 0.299999, 0].map(findTier)).to.deep.equal(['hot', 'warm', 'warm', 'cold', 'cold']);
    expect([0.1, 0.0999].map(isPruned)).to.deep.equal([false, true]);
  });

  it('number periods from 1970, before it too', () => {
    expect([0, DAY - 1, DAY, -1].map((time) => findPeriod(time, DAY))).to.deep.equal([0, 0, 1, -1]);
  });
});
