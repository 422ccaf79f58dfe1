import { expect } from 'chai';
import fc from 'fast-check';
import { chooseWindow, countWindows, liveWindow } from '../../../src/cli/shared/chooseWindow.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 14);

describe('the window that fits an input', () => {
  const cases: [string, number, number][] = [
    ['no length at all', 0, 15_000],
    ['3 minutes', 3 * minute, 15_000],
    ['an hour', hour, 5 * minute],
    ['an hour and a quarter', 75 * minute, 15 * minute],
    ['3 hours', 3 * hour, 15 * minute],
    ['12 hours', 12 * hour, 15 * minute],
    ['a day', day, 30 * minute],
    ['a day and a few minutes', day + 10 * minute, 30 * minute],
    ['two days', 2 * day, hour],
    ['a week', 7 * day, 4 * hour],
    ['a month', 30 * day, day],
    ['ten years', 3650 * day, 30 * day],
  ];
  for (const [name, length, window] of cases)
    it(`${name}: ${window / minute} min`, () => expect(chooseWindow(start, start + length)).to.equal(window));

  it('is five minutes where there is no time', () => expect(chooseWindow(null, null)).to.equal(liveWindow));

  it('never gets shorter as the input gets longer (property)', () => {
    const length = fc.integer({ min: 0, max: 4000 * day });
    fc.assert(
      fc.property(length, length, (a, b) => {
        expect(chooseWindow(start, start + Math.min(a, b))).to.be.at.most(chooseWindow(start, start + Math.max(a, b)));
      }),
    );
  });

  it('cuts up to a year into no more than about fifty, and more than three minutes into twelve at least (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3 * minute, max: 365 * day }), (length) => {
        expect(length / chooseWindow(start, start + length)).to.be.within(2, 50);
      }),
    );
  });
});

describe('windows an input touches', () => {
  it('are counted by the borders of the clock', () => {
    expect(countWindows(start + 1, start + 5 * minute - 1, 5 * minute)).to.equal(1);
    expect(countWindows(start - 1, start + 5 * minute, 5 * minute)).to.equal(3);
  });
});
