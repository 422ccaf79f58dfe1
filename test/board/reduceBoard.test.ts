import { expect } from 'chai';
import fc from 'fast-check';
import { caps, startBoard } from '../../src/board/board.ts';
import { countStates, findAnswers, findSilences } from '../../src/board/readBoard.ts';
import { reduceBoard } from '../../src/board/reduceBoard.ts';
import { toIso } from '../../src/event.ts';
import type { Finding, Radar, Signal } from '../../src/signal.ts';
import { blipSignal, findingSignal, markSignal, width } from '../support/blips.ts';

const boardOf = (...signals: Signal[]) => signals.reduce(reduceBoard, startBoard());
const radarSignal = (n: number, more: Partial<Radar> = {}): Signal => {
  const { blip } = blipSignal('a', n * width);
  const radar: Radar = {
    group_id: null,
    start: blip.start,
    end: blip.end,
    open: false,
    events: 10,
    groups: 1,
    patterns: 3,
    new_patterns: 0,
    blips: [blip],
    rest: { patterns: 2, events: 3, states: { steady: 1, gone: 1 } },
    ...more,
  };
  return { kind: 'radar', time: n * width, key: '', radar };
};

describe('reduceBoard', () => {
  it('holds the radar of the last closed window, and that of an open one only until it closes', () => {
    const board = boardOf(radarSignal(1), radarSignal(2, { open: true }));
    expect([board.radar?.end, board.early?.end, board.windows]).to.deep.equal([toIso(width), toIso(2 * width), 1]);
    reduceBoard(board, radarSignal(2));
    expect([board.radar?.end, board.early, board.windows]).to.deep.equal([toIso(2 * width), null, 2]);
    expect(countStates(board.radar!)).to.deep.equal({ steady: 2, gone: 1 });
  });

  it('moves a finding from open to over as it is resolved, and back when it fires again', () => {
    const board = boardOf(findingSignal('f', 0), findingSignal('g', 1), findingSignal('f', 2, { state: 'resolved' }));
    expect([[...board.open.keys()], [...board.over.keys()]]).to.deep.equal([['g'], ['f']]);
    reduceBoard(board, findingSignal('f', 3));
    expect([[...board.open.keys()], [...board.over.keys()]]).to.deep.equal([['g', 'f'], []]);
  });

  it('never lets an open finding go for a newer one', () => {
    const board = startBoard();
    for (let i = 0; i <= caps.open; i += 1) reduceBoard(board, findingSignal(`f${i}`, i));
    expect([board.open.size, board.open.has('f0'), board.open.has(`f${caps.open}`)]).to.deep.equal([caps.open, true, false]);
  });

  it('holds the last answer of each kind on a thing until it ends; a resolve ends the ack', () => {
    const until = toIso(3 * width);
    const board = boardOf(
      markSignal({ type: 'ack', target: 'x' }, 0),
      markSignal({ type: 'note', target: 'x', text: 'one' }, 0),
      markSignal({ type: 'note', target: 'x', text: 'two' }, 1),
      markSignal({ type: 'silence', target: 'y', until }, 1),
    );
    expect(findAnswers(board, 2 * width).map(({ type, text = '' }) => `${type} ${text}`)).to.deep.equal(['ack ', 'note two', 'silence ']);
    expect(findSilences(board, 2 * width)).to.deep.equal({ y: 3 * width });
    expect(findSilences(board, 3 * width)).to.deep.equal({});
    reduceBoard(board, markSignal({ type: 'resolve', target: 'x' }, 2));
    reduceBoard(board, radarSignal(3));
    expect([...board.answers.values()].map(({ type }) => type)).to.deep.equal(['note']);
  });

  it('holds the strongest line that was unusual, and the strongest since; while all is new, none', () => {
    const ranked = (n: number, score: number, more: Partial<Radar> = {}) =>
      radarSignal(n, { blips: [{ ...blipSignal('a', n * width).blip, score }], ...more });
    const board = boardOf(ranked(1, 90, { learning: { learned_ms: 0, warmup_ms: 1 } }));
    expect([board.unusual, board.highest]).to.deep.equal([null, null]);
    reduceBoard(board, ranked(2, 41));
    reduceBoard(board, ranked(3, 12));
    reduceBoard(board, ranked(4, 11));
    expect([board.unusual?.score, board.highest?.score]).to.deep.equal([41, 12]);
    reduceBoard(board, ranked(5, 77));
    expect([board.unusual?.score, board.highest]).to.deep.equal([77, null]);
  });

  it('holds the last lines of what stands out and of what findings are about, by topic, of one window', () => {
    const board = boardOf(
      findingSignal('f', 0, { topic_id: 'quiet' }),
      blipSignal('quiet', width, { score: 3 }),
      blipSignal('calm', width, { score: 3 }),
      blipSignal('one', width, { score: 60, topic_id: 'loud' }),
      blipSignal('two', width, { score: 50, topic_id: 'loud' }),
    );
    expect([...board.rows.keys()]).to.deep.equal(['quiet', 'loud']);
    expect(board.rows.get('loud')?.map(({ template_id: id }) => id)).to.deep.equal(['one', 'two']);
    reduceBoard(board, blipSignal('two', 2 * width, { score: 50, topic_id: 'loud' }));
    expect(board.rows.get('loud')?.map(({ template_id: id }) => id)).to.deep.equal(['two']);
    reduceBoard(board, findingSignal('f', 3, { topic_id: 'quiet', state: 'resolved' }));
    expect([...board.followed]).to.deep.equal([]);
  });

  it('is bounded and the same for the same signals, whatever they are (property)', () => {
    const state = fc.constantFrom<Finding['state']>('pending', 'firing', 'acked', 'resolved');
    const signal = fc.oneof(
      fc.tuple(fc.integer({ min: 0, max: 1500 }), state).map(([id, of]) => findingSignal(`f${id}`, id, { state: of })),
      fc.integer({ min: 1, max: 9999 }).map((n) => blipSignal(`t${n}`, n * width, { group_id: `g${n % 700}` })),
      fc.integer({ min: 0, max: 300 }).map((n) => markSignal({ id: 'm', type: n % 2 ? 'ack' : 'change', target: `x${n}` }, n)),
      fc.integer({ min: 1, max: 99 }).map((n) => radarSignal(n, { open: n % 3 === 0 })),
    );
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 300 }), (signals) => {
        const board = boardOf(...signals);
        expect(boardOf(...signals)).to.deep.equal(board);
        for (const of of ['open', 'over', 'answers', 'shown', 'rows'] as const) expect(board[of].size).to.be.at.most(caps[of]);
        for (const id of board.over.keys()) expect(board.open.has(id)).to.equal(false);
        expect(board.lanes.size).to.be.at.most(caps.groups);
        expect(board.pulses.length).to.be.at.most(caps.windows);
        for (const { cells } of board.lanes.values()) expect(cells.length).to.be.at.most(caps.windows);
      }),
      { numRuns: 50 },
    );
  });
});
