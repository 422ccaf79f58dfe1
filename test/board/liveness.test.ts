import { expect } from 'chai';
import { viewGroups } from '../../src/board/liveness.ts';
import { startBoard } from '../../src/board/board.ts';
import { toIso } from '../../src/event.ts';
import { boardOf, quiet, talks, view } from './boards.ts';
import { width } from '../support/blips.ts';

describe('viewGroups', () => {
  it('a group that is silent against its habit cannot be seen, and its lane is unknown from there', () => {
    const board = boardOf(...talks('loud', 6), ...talks('gone', 6, 3 * width));
    const { groups, lanes, groups_live: live } = view(board, { watermark: 6 * width });
    expect(groups.map(({ group_id, state, usual_gap_ms: gap }) => [group_id, state, Math.round(gap! / 500)])).to.deep.equal([
      ['gone', 'no data', 1],
      ['loud', 'live', 2],
    ]);
    expect(live).to.deep.equal({ live: 1, all: 2 });
    expect(lanes.groups.find(({ group_id: group }) => group === 'gone')?.scores).to.deep.equal([1, 1, 1, 1, null, null]);
  });

  it('a rule that says so is believed, of a group of which no window is remembered too', () => {
    const { groups } = view(boardOf(quiet('h', 5 * width)), { watermark: 6 * width });
    expect(groups).to.deep.equal([
      { group_id: 'h', state: 'no data', last_seen: null, quiet_ms: width, usual_gap_ms: 2000, events_per_second: 0, finding: 'q-h' },
    ]);
  });

  it('all is stale once half of the groups cannot be seen, as of the newest event of theirs', () => {
    const talk = ['a', 'b', 'c'].flatMap((group, i) => talks(group, 6, i === 0 ? 6 * width - 1000 : 3 * width - i * 5000));
    expect(view(boardOf(...talk), { watermark: 6 * width }).stale).to.include({
      groups: 2,
      of: 3,
      as_of: toIso(3 * width - 5000),
      for_ms: 3 * width + 5000,
    });
    expect(view(boardOf(...talk, ...talks('d', 6), ...talks('e', 6)), { watermark: 6 * width }).stale).to.equal(null);
  });

  it('knows no group of an empty board', () => {
    expect(viewGroups(startBoard(), 0)).to.deep.equal([]);
  });
});
