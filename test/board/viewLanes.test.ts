import { expect } from 'chai';
import { startBoard } from '../../src/board/board.ts';
import { viewLanes } from '../../src/board/viewLanes.ts';
import { toIso } from '../../src/event.ts';
import { blipSignal, width } from '../support/blips.ts';
import { boardOf, disk, radarOf, talks, view } from './boards.ts';

describe('viewLanes', () => {
  it('shows the loudest groups of late first, and counts those beyond 64', () => {
    const many = Array.from({ length: 70 }, (_, i) => blipSignal('a', width, { group_id: `g${String(i).padStart(2, '0')}`, score: i }));
    const { lanes, groups } = view(boardOf(...many));
    expect(lanes.groups.slice(0, 2).map(({ group_id: group }) => group)).to.deep.equal(['g69', 'g68']);
    expect(lanes.more).to.deep.equal({ groups: 6, highest: 5 });
    expect(groups.map(({ group_id: group }) => group).sort()).to.deep.equal(lanes.groups.map(({ group_id: group }) => group).sort());
  });

  it('has the open window as its last cell', () => {
    const board = boardOf(...talks('g', 2), radarOf(3, [disk(3, { open: true, count: 4 }).blip], { open: true }));
    const { lanes } = view(board);
    expect(lanes.starts).to.deep.equal([0, 1, 2].map((n) => toIso(n * width)));
    expect([lanes.groups[0]?.scores, lanes.groups[0]?.counts]).to.deep.equal([
      [1, 1, 96],
      [300, 300, 4],
    ]);
  });

  it('where half of the groups are silent, goes on to the time of the board: what cannot be seen is no calm', () => {
    const board = boardOf(...talks('g', 3), radarOf(3, []));
    const groups = [{ ...view(board).groups[0]!, state: 'no data' as const, last_seen: toIso(3 * width - 1) }];
    const { starts, groups: lanes } = viewLanes(board, groups, 5.5 * width);
    expect(starts).to.deep.equal([0, 1, 2, 3, 4].map((n) => toIso(n * width)));
    expect(lanes[0]?.scores.slice(3)).to.deep.equal([null, null]);
    expect(viewLanes(board, groups, 500.5 * width).starts).to.deep.equal(Array.from({ length: 36 }, (_, n) => toIso((464 + n) * width)));
  });

  it('is empty on an empty board', () => {
    expect(viewLanes(startBoard(), [], null)).to.deep.equal({ starts: [], groups: [], more: { groups: 0, highest: 0 } });
  });
});
