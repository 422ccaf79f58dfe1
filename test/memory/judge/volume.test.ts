import { expect } from 'chai';
import { Fleet, threeGroups, type Stream } from '../../../bench/support/fleet.ts';

const DAY = 288;
const calm = threeGroups.filter(({ level }) => level === 'INFO').map((stream) => ({ ...stream, rate: stream.rate / 2 }));
const alone: Stream = { group: 'solo', text: 'heartbeat of worker arrived', level: 'INFO', rate: 40 };

function learned(streams: readonly Stream[], seed: number, windows = 150): Fleet {
  const fleet = new Fleet(seed);
  for (let i = 0; i < windows; i++) fleet.play(streams);
  return fleet;
}

describe('the volume of a group', () => {
  for (const share of [0, 0.05, 0.5])
    it(`is on top within a window, at 60 or more, when its traffic falls to ${share} while others hold`, () => {
      for (const seed of [1, 2]) {
        const radar = learned(threeGroups, seed).play(threeGroups, ({ group }) => (group === 'alpha' ? share : 1))!;
        const [first] = radar.blips;
        expect(first!.group_id, `seed ${seed}`).to.equal('alpha');
        expect(first!.score, `seed ${seed}`).to.be.at.least(60);
        expect(first!.template_id).to.equal('alpha');
        expect(first!.level).to.equal(share === 0.5 ? null : 'ERROR');
      }
    });

  it('does not excuse errors that rise tenfold with it', () => {
    for (const seed of [1, 2]) {
      const radar = learned(threeGroups, seed).play(threeGroups, ({ group }) => (group === 'alpha' ? 10 : 1))!;
      const [first] = radar.blips;
      expect([first!.group_id, first!.level, first!.state]).to.deep.equal(['alpha', 'ERROR', 'rising']);
      expect(first!.score).to.be.at.least(60);
    }
  });

  for (const factor of [10, 0])
    it(`is told of a group of one pattern that comes ${factor} times as often`, () => {
      const streams = [...threeGroups, alone];
      for (const seed of [1, 2]) {
        const radar = learned(streams, seed).play(streams, ({ group }) => (group === 'solo' ? factor : 1))!;
        expect(radar.blips[0]!.group_id).to.equal('solo');
        expect(radar.blips[0]!.score).to.be.at.least(60);
      }
    });

  it('stays below 50 for fourteen days of a load that swings by three over the day', () => {
    const fleet = new Fleet(5);
    let highest = 0;
    for (let i = 0; i < 14 * DAY; i++) {
      const load = 2 + Math.sin((2 * Math.PI * i) / DAY);
      const radar = fleet.play(calm, () => load / 2);
      if (i > 3) highest = Math.max(highest, Fleet.highest(radar));
    }
    expect(highest).to.be.below(50);
  }).timeout(60_000);

  it('folds what it explains into its line', () => {
    const radar = learned(threeGroups, 4).play(threeGroups, ({ group }) => (group === 'alpha' ? 0.05 : 1))!;
    const others = radar.blips.filter(({ group_id: group, volume }) => group === 'alpha' && volume === undefined);
    for (const { score, together } of others) expect([score < 20, together]).to.deep.equal([true, undefined]);
  });
});
