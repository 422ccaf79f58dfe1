import { expect } from 'chai';
import { Fleet, type Stream } from '../../../bench/support/fleet.ts';

const HOUR = 12;
const groups = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
/** Eight services with an error and a warning that come now and then, each at a rate of its own. */
const fleet: readonly Stream[] = groups.flatMap((group, i) => [
  { group, text: `${group} request answered quickly`, level: 'INFO', rate: 10 + 5 * i },
  { group, text: `${group} cache entry written back`, level: 'INFO', rate: 4 + i },
  { group, text: `${group} pool nearly used up`, level: 'WARN', rate: 0.3 },
  { group, text: `${group} upstream call failed`, level: 'ERROR', rate: 0.1 + 0.2 * i },
]);
const lost = (group: string): Stream => ({ group, text: `${group} replica lost its leader`, level: 'ERROR', rate: 3 });

describe('a quiet hour', () => {
  it('has less than one row at or above 50 in two, with errors that are usual now and then', () => {
    for (const seed of [1, 2]) {
      const played = new Fleet(seed);
      let rows = 0;
      for (let i = 0; i < 60 * HOUR; i++) {
        const radar = played.play(fleet);
        if (i >= 24 * HOUR) rows += radar?.blips.filter(({ score }) => score >= 50).length ?? 0;
      }
      expect(rows / 36, `seed ${seed}`).to.be.below(0.5);
    }
  }).timeout(60_000);

  it('ends with a fault that comes back as well as with one that was never there', () => {
    for (const former of [true, false]) {
      const played = new Fleet(3);
      for (let i = 0; i < 48 * HOUR; i++) played.play(former && (i === 9 || i === 49) ? [...fleet, lost('beta')] : fleet);
      const [first] = played.play([...fleet, lost('beta')])!.blips;
      expect([first!.group_id, first!.level, first!.state]).to.deep.equal(['beta', 'ERROR', former ? 'returning' : 'new']);
      expect(first!.score).to.be.at.least(60);
    }
  });

  it('has no more for a company of small moves than each of them is worth by itself', () => {
    const played = new Fleet(4);
    for (let i = 0; i < 30 * HOUR; i++) played.play(fleet);
    const radar = played.play(fleet, ({ level }) => (level === 'WARN' ? 6 : 1))!;
    const joined = radar.blips.filter(({ bits: { together } }) => together > 0);
    expect(joined).to.not.have.lengthOf(0);
    for (const { bits } of joined) expect(bits.together).to.be.at.most(Math.max(bits.surprise, bits.burst, bits.novelty));
  });
});
