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
    if (time > learned * day && gap > (longestByChance(long, time) ?? Infinity) * usual!) longer += 1;
    time += gap;
    if (usual !== null) countGap(long, { gap, usual, time });
    countEvent(group, time);
  }
  return { long, usual: usualGap(group)!, longer, at: longestByChance(long, (learned + watched) * day) };
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

  it('is not known of what is regular, of a group of a few hours, or of a few gaps', () => {
    expect(play(() => minute).at).to.equal(null);
    expect(play(poisson(15_000), { learned: 0.3 }).at).to.equal(null);
    const few = startLongGaps(0);
    for (let i = 1; i < 8; i += 1) countGap(few, { gap: 5 * minute, usual: minute, time: i * day });
    expect(longestByChance(few, 8 * day)).to.equal(null);
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
    const { long, at } = play(poisson(2000), { learned: 6 });
    expect(longestByChance(JSON.parse(JSON.stringify(long)) as LongGaps, 6 * day)).to.equal(at);
    expect(long.bins.length).to.be.below(40);
  });
});
