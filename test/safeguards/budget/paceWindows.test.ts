import { expect } from 'chai';
import fc from 'fast-check';
import { addToWindows, dropFromWindows, emptyWindows, sumOfWindow } from '../../../src/safeguards/budget/paceWindows.ts';

describe('sums over windows that end now', () => {
  it('hold what was booked from the first bin that begins in them', () => {
    const windows = emptyWindows();
    for (const time of [0, 10, 25, 60]) addToWindows(windows, 10, time, 1n);
    expect(sumOfWindow(windows, 10, 30, 30)).to.equal(4n);
    expect(sumOfWindow(windows, 10, 30, 40)).to.equal(3n);
    expect(sumOfWindow(windows, 10, 30, 41)).to.equal(2n);
    // A look back counts nothing that lies ahead of it.
    expect(sumOfWindow(windows, 10, 30, 30)).to.equal(3n);
  });

  it('are the same as counted anew, however far time goes on (property)', () => {
    const step = fc.tuple(fc.nat(40), fc.bigInt({ min: -5n, max: 5n }), fc.nat(40));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const windows = emptyWindows();
        const all: [time: number, amount: bigint][] = [];
        let now = 100;
        for (const [back, amount, on] of steps) {
          now += on;
          addToWindows(windows, 10, now - back, amount);
          all.push([now - back, amount]);
          const from = Math.ceil((now - 50) / 10) * 10;
          const wanted = all.filter(([time]) => Math.floor(time / 10) * 10 >= from).reduce((sum, [, one]) => sum + one, 0n);
          expect(sumOfWindow(windows, 10, 50, now)).to.equal(wanted);
        }
      }),
    );
  });

  it('lose the bins that are over', () => {
    const windows = emptyWindows();
    for (const time of [0, 10, 20]) addToWindows(windows, 10, time, 1n);
    sumOfWindow(windows, 10, 100, 20);
    dropFromWindows(windows, 10, 20);
    expect([windows.bins.size, sumOfWindow(windows, 10, 100, 20)]).to.deep.equal([1, 1n]);
  });
});
