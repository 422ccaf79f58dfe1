import { expect } from 'chai';
import { difference, standings, type Standing } from '../../../src/run/replay/difference.ts';
import type { Radar } from '../../../src/signal.ts';
import { radarOfAll, sampleBlip } from '../../support/views/viewSamples.ts';

const radar = (start: string, scores: Record<string, number>, open = false): Radar => ({
  ...radarOfAll,
  start,
  open,
  blips: Object.entries(scores).map(([label, score]) => sampleBlip({ group_id: 'g', label, score })),
});
const at = (label: string, score: number, rank: number): Standing => ({ group_id: 'g', label, score, rank, start: '' });

describe('the standings of a run', () => {
  it('are the best score of each pattern, ranked, with the window it had it in', () => {
    const found = standings([radar('t1', { a: 10, b: 90 }), radar('t2', { a: 50, b: 20 })]);
    expect(found).to.deep.equal([
      { group_id: 'g', label: 'b', score: 90, rank: 1, start: 't1' },
      { group_id: 'g', label: 'a', score: 50, rank: 2, start: 't2' },
    ]);
  });

  it('leave out windows that are open, and are in order of the label where scores are equal', () => {
    expect(standings([radar('t1', { b: 5, a: 5 }), radar('t2', { a: 99 }, true)]).map(({ label }) => label)).to.deep.equal(['a', 'b']);
  });
});

describe('the difference between two runs', () => {
  it('names what is new and what is gone', () => {
    const { fresh, gone, same } = difference([at('a', 50, 1), at('b', 40, 2)], [at('b', 40, 2), at('c', 30, 1)]);
    expect([fresh.map(({ label }) => label), gone.map(({ label }) => label), same]).to.deep.equal([['c'], ['a'], 1]);
  });

  const cases: [name: string, score: number, rank: number, moved: boolean][] = [
    ['four points', 54, 1, false],
    ['five points up', 55, 1, true],
    ['five points down', 45, 1, true],
    ['two places', 50, 3, false],
    ['three places', 50, 4, true],
  ];
  for (const [name, score, rank, moved] of cases)
    it(`${moved ? 'counts as moved' : 'is none'} by ${name}`, () => {
      const found = difference([at('a', 50, 1)], [at('a', score, rank)]);
      expect([found.moved.length, found.same]).to.deep.equal(moved ? [1, 0] : [0, 1]);
    });
});
