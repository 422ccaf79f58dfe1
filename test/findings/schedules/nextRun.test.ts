import { seeded } from '../../../bench/support/seeded.ts';
import { expect } from 'chai';
import fc from 'fast-check';
import { nextRun } from '../../../src/findings/schedules/nextRun.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const width = 5 * minute;
/** Monday, 2026-11-02. */
const monday = Date.parse('2026-11-02T00:00:00Z');
const times = (n: number, every: number, from = monday) => Array.from({ length: n }, (_, i) => from + i * every);

describe('when a job is due next', () => {
  it('is a day after the last of six nights', () => {
    expect(nextRun(times(6, day), width)).to.deep.equal({ at: monday + 6 * day, every: day, slack: 10 * minute });
    expect(nextRun(times(5, day), width)).to.equal(null);
  });

  it('may be as late as it was before, twice over', () => {
    const starts = times(8, day).map((at, i) => at + (i % 2) * 20 * minute);
    expect(nextRun(starts, width)!.slack).to.equal(40 * minute);
  });

  it('is no weekend for what runs on working days', () => {
    const working = times(19, day).filter((at) => new Date(at).getUTCDay() % 6 !== 0);
    const friday = working.filter((at) => at <= monday + 11 * day);
    expect(nextRun(friday, width)).to.include({ at: monday + 14 * day, every: day });
    expect(
      nextRun(
        working.filter((at) => at <= monday + 4 * day),
        width,
      ),
      'of one week nothing is known',
    ).to.equal(null);
  });

  it('is a week after the last of six Sundays', () => {
    expect(nextRun(times(6, 7 * day), width)).to.include({ at: monday + 42 * day, every: 7 * day });
  });

  it('is the next hour, once a day of hours is known', () => {
    expect(nextRun(times(20, hour), width)).to.equal(null);
    expect(nextRun(times(30, hour), width)).to.include({ at: monday + 30 * hour, every: hour });
  });

  it('is no evening for what runs by the hour in office hours', () => {
    const office = times(24 * 4, hour).filter((at) => new Date(at).getUTCHours() >= 8 && new Date(at).getUTCHours() < 20);
    for (let n = 9; n <= office.length; n += 1) {
      const next = nextRun(office.slice(0, n), width);
      if (next) expect(new Date(next.at).getUTCHours(), String(n)).to.be.within(8, 19);
    }
  });

  it('is never known of what comes by chance', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 10, maxLength: 60 }), (draws) => {
        let at = monday;
        const gaps = draws.map((u) => Math.max(2 * width, -Math.log(u) * 40 * minute));
        const starts = gaps.map((gap) => (at += gap));
        // Eight gaps of one length in a row do happen in what a generator makes; by chance they do not.
        fc.pre(!gaps.some((gap, i) => i >= 7 && gaps.slice(i - 7, i + 1).every((other) => Math.abs(other - gap) <= 2 * width)));
        expect(nextRun(starts, width)).to.equal(null);
      }),
    );
  });
});

describe('what comes by chance', () => {
  it('is no clock, however often its gaps are alike for a while', () => {
    const width = 300_000;
    let told = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const draw = seeded(seed);
      const starts: number[] = [];
      let seen = Number.NEGATIVE_INFINITY;
      for (let index = 0; index < 14 * 288; index++) {
        if (draw() >= 0.1 + 0.01 * (seed % 30)) continue;
        if (index - seen > 2) {
          starts.push(index * width);
          if (nextRun(starts.slice(-256), width) !== null) told += 1;
        }
        seen = index;
      }
    }
    expect(told).to.equal(0);
  });
});
