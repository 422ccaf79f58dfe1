import { expect } from 'chai';
import { caps, startBoard } from '../../src/board/board.ts';
import { reduceBoard } from '../../src/board/reduceBoard.ts';
import { toIso } from '../../src/event.ts';
import type { Signal } from '../../src/signal.ts';
import { blipSignal, width } from '../support/blips.ts';

const boardOf = (...signals: Signal[]) => signals.reduce(reduceBoard, startBoard());

describe('lanes', () => {
  it('hold of each window of a group its events, what was to be expected and its highest score', () => {
    const board = boardOf(
      blipSignal('a', width, { count: 7, usual: 5, score: 12, first_seen: toIso(3) }),
      blipSignal('b', width, { count: 2, usual: null, score: 55, last_seen: toIso(width - 9) }),
      blipSignal('c', width, { group_id: 'h', count: 0, usual: 4, score: 30 }),
    );
    const cell = { start: 0, end: width };
    expect(board.lanes.get('g')).to.deep.equal({
      cells: [{ ...cell, count: 9, usual: 5, score: 55 }],
      count: 9,
      first: 0,
      last: width - 1,
    });
    expect(board.lanes.get('h')?.cells).to.deep.equal([{ ...cell, count: 0, usual: 4, score: 30 }]);
    expect(board.pulses).to.deep.equal([{ ...cell, count: 9, usual: 9 }]);
  });

  it('take the score of a volume and of numbers, and count none of their events', () => {
    const board = boardOf(
      blipSignal('a', width, { count: 7, score: 1 }),
      blipSignal('g', width, { count: 7, score: 44, volume: 3 }),
      blipSignal('n', width, { count: 800, score: 50, measure: { of: 'a', slot: 'n', quantile: 'p95', unit: 'ms' } }),
    );
    expect(board.lanes.get('g')?.cells[0]).to.include({ count: 7, score: 50 });
  });

  it('raise the score of a window by what rank adds, and pass over what is still open or was cut short', () => {
    const { blip } = blipSignal('a', width, { score: 10 });
    const radar = { group_id: null, start: blip.start, end: blip.end, open: false, events: 1, groups: 1, patterns: 1, new_patterns: 0 };
    const board = boardOf(
      blipSignal('a', width, { score: 10 }),
      blipSignal('a', 2 * width, { open: true }),
      blipSignal('a', 3 * width, { partial: true }),
    );
    reduceBoard(board, {
      kind: 'radar',
      time: width,
      key: '',
      radar: { ...radar, blips: [{ ...blip, score: 71 }], rest: { patterns: 0, events: 0, states: {} } },
    });
    expect(board.lanes.get('g')?.cells.map(({ score }) => score)).to.deep.equal([71]);
  });

  it('keep the last windows only, and let a group go that was heard of longest ago', () => {
    const board = startBoard();
    for (let n = 1; n <= caps.windows + 5; n += 1) reduceBoard(board, blipSignal('a', n * width));
    expect(board.lanes.get('g')?.cells.map(({ start }) => start / width)).to.deep.equal(
      Array.from({ length: caps.windows }, (_, i) => i + 5),
    );
    for (let n = 0; n < caps.groups; n += 1) reduceBoard(board, blipSignal('a', 99 * width, { group_id: `g${n}` }));
    expect([board.lanes.size, board.lanes.has('g')]).to.deep.equal([caps.groups, false]);
    // A line of a window that is not remembered any more changes nothing.
    reduceBoard(board, blipSignal('a', 98 * width, { group_id: 'g0' }));
    expect(board.lanes.get('g0')?.cells).to.have.length(1);
  });
});
