import { expect } from 'chai';
import { forgetRanked, migrateRank, rankMachine, startRank, type RankOptions } from '../../../src/memory/ranking/rankMachine.ts';
import type { BlipSignal, RadarSignal } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';

/** Radars of some blips, ranked up to a time; what still waits stays in the state. */
function ranked(signals: readonly BlipSignal[], time: number, options: Partial<RankOptions> = {}) {
  const machine = rankMachine({ top: 5, scope: 'all', ...options });
  const state = machine.start('');
  const radars: RadarSignal[] = [];
  for (const signal of signals) machine.step(state, signal, (radar) => radars.push(radar));
  machine.tick!(state, time, (radar) => radars.push(radar));
  return { machine, state, radars };
}
const shown = ({ radar, time, key }: RadarSignal) => `${time} ${key || '-'} ${radar.blips.map(({ template_id: id }) => id).join(',')}`;

describe('windows that wait to be ranked', () => {
  it('are due a millisecond after the last of their blips was', () => {
    const { machine, state, radars } = ranked([blipSignal('a', width), blipSignal('b', width, {}, 60)], width);
    expect([machine.due!(state), radars]).to.deep.equal([width + 1, []]);
    machine.tick!(state, width + 1, (radar) => radars.push(radar));
    expect(radars.map(shown)).to.deep.equal([`${width + 1} g b,a`]);
    expect(machine.due!(state)).to.equal(null);
  });

  it('are ranked in the order of time, those that are open before closed ones', () => {
    const blips = [blipSignal('late', 2 * width), blipSignal('closed', width), blipSignal('open', width, { open: true })];
    expect(ranked(blips, 9 * width).radars.map(shown)).to.deep.equal([
      `${width + 1} g open`,
      `${width + 1} g closed`,
      `${2 * width + 1} g late`,
    ]);
  });

  it('make one radar of all groups, or one each', () => {
    const blips = [blipSignal('a', width, { group_id: 'y' }), blipSignal('b', width, { group_id: 'x' })];
    expect(ranked(blips, 9 * width).radars.map(({ key }) => key)).to.deep.equal(['']);
    expect(ranked(blips, 9 * width, { scope: 'group' }).radars.map(({ key }) => key)).to.deep.equal(['x', 'y']);
  });

  it('are all ranked at the end', () => {
    const { machine, state, radars } = ranked([blipSignal('a', width), blipSignal('b', 2 * width)], 0);
    machine.end!(state, (radar) => radars.push(radar));
    expect(radars).to.have.length(2);
    expect(state.pending).to.deep.equal([]);
  });
});

describe('the state of a ranking', () => {
  it('of a release before keeps what is pending and how much usually moves', () => {
    const { pending, moves } = startRank();
    expect(migrateRank({ pending: [...pending] as never[], moves: { ...moves } })).to.deep.equal({
      pending,
      moves: { ...moves },
      ongoing: [],
      salient: [],
      ranked: '',
    });
  });

  it('of windows of another length forgets what waits, and trouble goes on in the new ones', () => {
    const before = { pending: [1], moves: {}, ongoing: [{ id: 'a', began: 10 }], salient: [2], ranked: 'x' };
    expect(forgetRanked(before, {}, 0.5)).to.deep.equal({
      pending: [],
      moves: {},
      ongoing: [{ id: 'a', began: 5 }],
      salient: [],
      ranked: 'x',
    });
  });
});
