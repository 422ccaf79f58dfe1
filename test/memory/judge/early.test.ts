import { expect } from 'chai';
import { isWorthEmitting, loudAt, nextLookAt } from '../../../src/memory/judge/early.ts';
import { type Judgement, judge } from '../../../src/memory/judge/judge.ts';
import type { Cell } from '../../../src/memory/windows/window.ts';
import type { Pattern } from '../../../src/memory/patterns/pattern.ts';
import { partly } from '../../support/typed.ts';
import { cellOf, inWindow, patternWith } from '../../support/memory/patterns.ts';

const judged = (score: number, state: Judgement['state'] = 'rising', surprise = 10) =>
  partly<Judgement>({ state, score, bits: { surprise }, why: {} });

const cell = (count: number, emittedScore = 0, emittedCount?: number) =>
  ({ count, emittedScore, ...(emittedCount === undefined ? {} : { emittedCount }) }) as Cell;

describe('an early result', () => {
  it('is told once of what is new, back or moved, from a score on', () => {
    expect(
      [judged(25), judged(24), judged(60, 'new', 0), judged(60, 'steady', 1)].map((one) => isWorthEmitting(one, cell(1))),
    ).to.deep.equal([true, false, true, false]);
    expect(isWorthEmitting(judged(30), cell(3, 30, 3))).to.equal(false);
  });

  it('is told again of what has grown in score, or come to twice as many lines', () => {
    expect(isWorthEmitting(judged(40), cell(4, 30, 3))).to.equal(true);
    expect(isWorthEmitting(judged(31), cell(5, 30, 3))).to.equal(false);
    expect(isWorthEmitting(judged(31), cell(6, 30, 3))).to.equal(true);
  });

  it('is told again of what has become rarer by chance, though its score hardly grows', () => {
    const rarer = (bits: number) => ({ ...judged(31), why: { chance_bits: bits } });
    const before = { ...cell(4, 30, 3), emittedChance: 14 };
    expect([rarer(17), rarer(18)].map((one) => isWorthEmitting(one, before))).to.deep.equal([false, true]);
    expect(isWorthEmitting(rarer(60), cell(4, 30, 3))).to.equal(false);
  });

  it('is looked for again at a quarter more of what is known, at twice as many of what has just come', () => {
    const known = partly<Pattern>({ foundedIn: 1, returnedIn: null, gone: false });
    expect([1, 2, 4, 9, 100].map((count) => nextLookAt(known, 9, count))).to.deep.equal([2, 3, 5, 11, 125]);
    expect(nextLookAt(known, 1, 9)).to.equal(18);
    expect(nextLookAt({ ...known, returnedIn: 9 }, 9, 9)).to.equal(18);
  });
});

describe('early results', () => {
  it('look at what is new at once, and at the rest far above its usual', () => {
    const at = (index: number, away = 0) => ({ index, away });
    expect(loudAt(patternWith([]), at(0))).to.equal(1);
    expect(loudAt(patternWith(Array<number>(50).fill(50)), at(50))).to.be.within(60, 120);
    expect(loudAt(patternWith([]), at(1))).to.equal(Number.POSITIVE_INFINITY);
  });

  it('look at once at what has stayed away for long', () => {
    const rare = patternWith([...Array<number>(50).fill(3), ...Array<number>(50).fill(0)]);
    expect(loudAt(rare, { index: 100, away: 50 })).to.equal(1);
    expect(loudAt(rare, { index: 100, away: 2 })).to.be.above(1);
  });

  it('tell news once, and again only when it has grown', () => {
    const judged = judge(patternWith([]), cellOf(3, 0, 4), inWindow(0));
    expect(isWorthEmitting(judged, cellOf(3, 0))).to.equal(true);
    expect(isWorthEmitting(judged, { ...cellOf(3, 0), emittedScore: judged.score })).to.equal(false);
    expect(isWorthEmitting(judged, { ...cellOf(3, 0), emittedScore: judged.score - 10 })).to.equal(true);
    expect(isWorthEmitting({ ...judged, state: 'steady', bits: { ...judged.bits, surprise: 0 } }, cellOf(3, 0))).to.equal(false);
  });
});
