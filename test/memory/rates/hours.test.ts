import { expect } from 'chai';
import fc from 'fast-check';
import { countHours, mergeHours, startHours, usualAt, type Hours } from '../../../src/memory/rates/hours.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Counts by the hour from the first day on; `rate` is what comes in an hour. */
function counted(hours: number, rate: (hour: number) => number): Hours {
  const kept = startHours();
  for (let i = 0; i < hours; i++) countHours(kept, i * HOUR, (i + 1) * HOUR, rate(i));
  return kept;
}

describe('hours of the day', () => {
  it('say nothing before each was seen twice', () => {
    const kept = counted(47, () => 5);
    expect(usualAt(kept, 2 * DAY + 23.5 * HOUR)).to.deep.equal([{ least: 5, most: 5 }]);
    expect(
      usualAt(
        counted(24, () => 5),
        DAY,
      ),
    ).to.deep.equal([]);
  });

  it('give what came on both of the last two days as the least, and the most of one of them', () => {
    const kept = counted(73, (hour) => (hour === 9 ? 900 : hour === 33 ? 30 : hour === 57 ? 50 : 4));
    expect(usualAt(kept, 3 * DAY + 9.5 * HOUR)).to.deep.equal([{ least: 30, most: 4 }]);
  });

  it('allow for an hour beside it', () => {
    const kept = counted(49, (hour) => (hour % 24 === 9 ? 40 : 1));
    for (const at of [8.5, 9.5, 10.5]) expect(usualAt(kept, 2 * DAY + at * HOUR)[0]!.least).to.equal(40);
    expect(usualAt(kept, 2 * DAY + 11.5 * HOUR)[0]!.least).to.equal(1);
  });

  it('know the quarter days of the week after two weeks', () => {
    const rate = (hour: number) => (Math.floor(hour / 24) % 7 === 2 ? 70 : 7);
    expect(usualAt(counted(8 * 24, rate), 9 * DAY)).to.have.lengthOf(1);
    expect(usualAt(counted(15 * 24, rate), 14 * DAY + 2 * HOUR)[1]).to.deep.equal({ least: 7, most: 7 });
    expect(usualAt(counted(17 * 24, rate), 16 * DAY + 2 * HOUR)[1]).to.deep.equal({ least: 70, most: 70 });
  });

  it('are not told by an hour of which less than half was watched', () => {
    const kept = startHours();
    for (let i = 0; i < 72; i++) countHours(kept, i * HOUR, i * HOUR + (i % 24 === 5 ? HOUR / 4 : HOUR), 6);
    expect(usualAt(kept, 3 * DAY + 3.5 * HOUR)).to.deep.equal([{ least: 6, most: 6 }]);
    expect(kept.daily.last[5]).to.equal(-1);
  });

  it('are the same however the time is cut into windows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 * 3_600_000 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const whole = startHours();
        const cut = startHours();
        let at = 0;
        for (const length of lengths) {
          countHours(cut, at, at + length, length / 60_000);
          at += length;
        }
        countHours(whole, 0, at, at / 60_000);
        for (const clock of ['daily', 'weekly'] as const) {
          expect(cut[clock].part).to.equal(whole[clock].part);
          expect(cut[clock].last.map(Math.round)).to.deep.equal(whole[clock].last.map(Math.round));
          expect(cut[clock].watched).to.equal(whole[clock].watched);
        }
      }),
    );
  });

  it('take no longer for a silence of ten years than for one of two weeks', () => {
    const kept = counted(48, () => 5);
    countHours(kept, 2 * DAY, 3650 * DAY, 0);
    expect(usualAt(kept, 3650 * DAY)).to.deep.equal([
      { least: 0, most: 0 },
      { least: 0, most: 0 },
    ]);
  });

  it('of two patterns that are one are what both bring', () => {
    const sum = mergeHours(
      counted(49, () => 5),
      counted(49, (hour) => hour % 24),
    );
    expect(usualAt(sum!, 2 * DAY + 12.5 * HOUR)).to.deep.equal([{ least: 18, most: 16 }]);
    expect(mergeHours(null, null)).to.equal(null);
    expect(mergeHours(null, sum)).to.equal(sum);
  });
});
