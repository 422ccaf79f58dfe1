import { expect } from 'chai';
import fc from 'fast-check';
import { addMove, addToParts, countSince, mergePast, PART, startPast, type Move } from '../../../src/memory/patterns/past.ts';

const DAY = 86_400_000;
const WINDOW = 300_000;
const move = (at: number, more: Partial<Move> = {}): Move => ({ at, until: at + WINDOW, state: 'rising', count: 9, usual: 1, ...more });

describe('the past of a topic', () => {
  it('is at most a week in parts of six hours, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * DAY }), { maxLength: 200 }), (times) => {
        const past = startPast();
        for (const time of times) addToParts(past, time);
        expect(past.parts.length).to.be.at.most(30);
        expect(past.parts.map(([part]) => part)).to.deep.equal(past.parts.map(([part]) => part).toSorted((a, b) => a - b));
        const inOrder = startPast();
        for (const time of times.toSorted((a, b) => a - b)) addToParts(inOrder, time);
        const now = Math.max(0, ...times);
        const exact = times.filter((time) => Math.floor(time / PART) > Math.floor((now - 7 * DAY) / PART)).length;
        expect(countSince(inOrder, now, 7 * DAY)).to.equal(exact);
      }),
    );
  });

  it('takes windows that follow each other in one direction for one move, others for their own', () => {
    const past = startPast();
    addMove(past, move(0), WINDOW);
    addMove(past, move(WINDOW + 5, { until: 2 * WINDOW, state: 'returning' }), WINDOW);
    addMove(past, move(2 * WINDOW, { until: 3 * WINDOW, state: 'gone', count: 0 }), WINDOW);
    addMove(past, move(9 * WINDOW, { until: 10 * WINDOW, state: 'gone', count: 0 }), WINDOW);
    expect(past.moves).to.deep.equal([
      { at: 0, until: 2 * WINDOW, state: 'rising', count: 18, usual: 2 },
      { at: 2 * WINDOW, until: 3 * WINDOW, state: 'gone', count: 0, usual: 1 },
      { at: 9 * WINDOW, until: 10 * WINDOW, state: 'gone', count: 0, usual: 1 },
    ]);
  });

  it('keeps the last eight moves, also of two topics that become one', () => {
    const [even, odd] = [startPast(), startPast()];
    for (let i = 0; i < 20; i++) addMove(i % 2 ? odd : even, move(i * 9 * WINDOW), WINDOW);
    for (const time of [0, PART, 40 * PART]) addToParts(odd, time);
    addToParts(even, 1);
    mergePast(even, odd);
    expect(even.moves.map(({ at }) => at / WINDOW / 9)).to.deep.equal([12, 13, 14, 15, 16, 17, 18, 19]);
    expect(even.parts).to.deep.equal([
      [0, 2],
      [1, 1],
      [40, 1],
    ]);
  });
});
