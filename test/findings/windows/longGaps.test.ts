import { expect } from 'chai';
import { countEvent, startGroup, usualGap } from '../../../src/findings/windows/groups.ts';
import { countGap, longestByChance, startLongGaps, type LongGaps } from '../../../src/findings/windows/longGaps.ts';
import { seeded } from '../../../bench/support/seeded.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Plays gaps for some days; what is known of them then, the usual gap, and how often a later one was longer than chance allows. */
function play(nextGap: (draw: () => number) => number, { learned = 9, watched = 0 } = {}) {
  const draw = seeded(11);
  const group = startGroup();
  const long = startLongGaps(0);
  let longer = 0;
  for (let time = 0; time < (learned + watched) * day;) {
    const gap = nextGap(draw);
    const usual = usualGap(group);
    if (time > learned * day && gap > (longestByChance(long, { usual: usual!, now: time }) ?? Infinity) * usual!) longer += 1;
    time += gap;
    if (usual !== null) countGap(long, { gap, usual, time });
    countEvent(group, time);
  }
  return { long, usual: usualGap(group)!, longer, at: longestByChance(long, { usual: usualGap(group)!, now: (learned + watched) * day }) };
}
const poisson = (mean: number) => (draw: () => number) => -Math.log(1 - draw()) * mean;

describe('how long a silence must last to be none by chance', () => {
  it('is some fifteen usual gaps where lines come by chance, and that many are not passed in months', () => {
    expect(play(poisson(15_000)).at).to.be.within(12, 19);
    expect(play(poisson(15_000), { watched: 60 }).longer).to.be.at.most(2);
  });

  it('is longer where the gaps are of all lengths: pauses are how such a group is', () => {
    const heavy = play((draw) => 8000 / Math.sqrt(1 - draw()), { watched: 60 });
    expect(heavy.at).to.be.above(60);
    expect(heavy.longer).to.be.at.most(8);
  });

  it('is not known of what is regular', () => {
    expect(play(() => minute).at).to.equal(null);
  });

  it('is that of an exponential distribution in the first hours, and twice the longest gap that was seen', () => {
    expect(play(poisson(minute), { learned: 0.1 }).at).to.be.within(13, 20);
    expect(play(poisson(minute), { learned: 0.1, watched: 0.4 }).longer).to.equal(0);
    const few = startLongGaps(0);
    for (let i = 1; i < 4; i += 1) countGap(few, { gap: 15 * minute, usual: minute, time: i * minute });
    expect(longestByChance(few, { usual: minute, now: 5 * minute })).to.be.within(30, 34);
  });

  it('forgets: one long pause counts half after three days, and is gone after ten', () => {
    const long = startLongGaps(0);
    countGap(long, { gap: 100 * minute, usual: minute, time: day });
    const weightOn = (at: number): number => {
      countGap(long, { gap: 0, usual: minute, time: at });
      return long.bins.reduce((sum, [, weight]) => sum + weight, 0);
    };
    expect(weightOn(4 * day)).to.be.closeTo(0.5, 0.01);
    expect(weightOn(12 * day)).to.equal(0);
  });

  it('is the same over a restart, and holds a few numbers however much comes', () => {
    const { long, usual, at } = play(poisson(2000), { learned: 6 });
    expect(longestByChance(JSON.parse(JSON.stringify(long)) as LongGaps, { usual, now: 6 * day })).to.equal(at);
    expect(long.bins.length).to.be.below(40);
  });
});
