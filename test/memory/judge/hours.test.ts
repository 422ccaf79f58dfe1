import { expect } from 'chai';
import { Fleet, threeGroups, type Stream } from '../../../bench/support/fleet.ts';
import type { Blip } from '../../../src/signal.ts';

const MINUTE = 60_000;
const DAY = 96;
const PEAK = 9 * 4;
const report: Stream = { group: 'alpha', text: 'report page opened by clerk', level: 'INFO', rate: 2 };
const failing: Stream = { group: 'alpha', text: 'report page could not be drawn', level: 'ERROR', rate: 0.5 };
const calm = threeGroups.filter(({ level }) => level === 'INFO');
const streams = [...calm, report];

const textOf = { report: 'report page opened', failing: 'report page could not' };

/** Plays two hours, or those of a day, in which the stream comes `peak` times as often from `from` on; the blips of its pattern. */
function play(fleet: Fleet, name: keyof typeof textOf, peak: number, [windows, from] = [DAY, PEAK]): Blip[] {
  const one = name === 'report' ? report : failing;
  const all = name === 'report' ? streams : [...streams, failing];
  const found: Blip[] = [];
  for (let i = 0; i < windows; i++) {
    fleet.play(all, (stream) => (stream === one && i >= from && i < from + 8 ? peak : 1));
    found.push(...fleet.blips.filter(({ label, volume }) => volume === undefined && label.startsWith(textOf[name])));
  }
  return found;
}

const highest = (blips: readonly Blip[]): number => Math.max(...blips.map(({ score }) => score));
const rising = (blips: readonly Blip[]): Blip[] => blips.filter(({ state }) => state === 'rising');

describe('what a pattern brings by the hour of the day', () => {
  it('is no news on the third day, and was on the first', () => {
    for (const seed of [1, 2]) {
      const fleet = new Fleet(seed, { windowMs: 15 * MINUTE });
      play(fleet, 'report', 1);
      const scores = [0, 1, 2, 3].map(() => highest(play(fleet, 'report', 10)));
      expect(scores[0], `seed ${seed}`).to.be.above(50);
      expect(Math.max(...scores.slice(2)), `seed ${seed}`).to.be.below(50);
    }
  }).timeout(60_000);

  it('is news when it is far more than at that hour before', () => {
    const fleet = new Fleet(4, { windowMs: 15 * MINUTE });
    for (let day = 0; day < 3; day++) play(fleet, 'report', 10);
    expect(highest(play(fleet, 'report', 60))).to.be.above(50);
  }).timeout(60_000);

  it('is held against what is usual lately at another hour', () => {
    const fleet = new Fleet(5, { windowMs: 15 * MINUTE });
    for (let day = 0; day < 3; day++) play(fleet, 'report', 10);
    const blips = rising(play(fleet, 'report', 30, [8, 0]));
    expect(blips).to.not.have.lengthOf(0);
    for (const { usual } of blips) expect(usual).to.be.below(8);
  }).timeout(60_000);

  it('excuses no error that comes more often', () => {
    const fleet = new Fleet(6, { windowMs: 15 * MINUTE });
    for (let day = 0; day < 4; day++) {
      const blips = rising(play(fleet, 'failing', 20));
      expect(blips, `day ${day}`).to.not.have.lengthOf(0);
      for (const { usual } of blips) expect(usual, `day ${day}`).to.be.below(4);
    }
  }).timeout(60_000);
});
