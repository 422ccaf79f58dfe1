import { expect } from 'chai';
import type { Traffic } from '../../../src/memory/judge/share.ts';
import { addToBins, startBins } from '../../../src/memory/compare/bins.ts';
import { judgeRate, predictAfter } from '../../../src/memory/compare/judgeRate.ts';

const HOUR = 3_600_000;
const before = { from: 0, to: HOUR };
const after = { from: HOUR, to: HOUR + HOUR / 4 };

function even(perMinute: number) {
  const bins = startBins();
  for (let minute = 0; minute < 60; minute++) addToBins(bins, minute * 60_000, perMinute);
  return bins;
}
const traffic = (count: number, usual: number): Traffic => ({
  count,
  usual,
  patterns: 5,
  volume: { bits: 0, usual, mean: usual, ratio: count / usual, state: 'steady', level: null },
});

describe('a rate held against the time before', () => {
  it('is expected by how long each was watched', () => {
    expect(predictAfter(even(4), before, after).mean).to.be.closeTo(60, 1);
  });

  it('as it was has no bits, and more the farther it is, either way', () => {
    const bits = (count: number) => judgeRate(count, predictAfter(even(4), before, after), traffic(600, 600), false);
    expect(bits(60)).to.include({ above: 0, below: 0 });
    expect(bits(600).above).to.be.above(bits(250).above).and.above(8);
    expect(bits(0).below).to.be.above(bits(20).below).and.above(4);
  });

  it('that scatters much by itself is less news than a steady one', () => {
    const bursty = startBins();
    for (const minute of [3, 4, 30, 55]) addToBins(bursty, minute * 60_000, 60);
    const bits = (bins: typeof bursty) => judgeRate(200, predictAfter(bins, before, after), traffic(600, 600), false).above;
    expect(bits(bursty)).to.be.below(bits(even(4)) / 2);
  });

  it('is excused by traffic that does the same, unless it is an error that rises', () => {
    const expected = predictAfter(even(4), before, after);
    const twice = traffic(1200, 600);
    expect(judgeRate(120, expected, twice, false)).to.include({ above: 0, by: 'share' });
    expect(judgeRate(120, expected, twice, true).above).to.be.above(0);
  });
});
