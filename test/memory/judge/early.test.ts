import { expect } from 'chai';
import { isWorthTelling, nextLookAt } from '../../../src/memory/judge/early.ts';
import type { Judgement } from '../../../src/memory/judge/judge.ts';
import type { Cell } from '../../../src/memory/windows/window.ts';
import type { Pattern } from '../../../src/memory/patterns/pattern.ts';
import { partly } from '../../support/typed.ts';

const judged = (score: number, state: Judgement['state'] = 'rising', surprise = 10) =>
  partly<Judgement>({ state, score, bits: { surprise }, why: {} });
const cell = (count: number, told = 0, toldCount?: number) => ({ count, told, ...(toldCount === undefined ? {} : { toldCount }) }) as Cell;

describe('an early result', () => {
  it('is told once of what is new, back or moved, from a score on', () => {
    expect(
      [judged(25), judged(24), judged(60, 'new', 0), judged(60, 'steady', 1)].map((one) => isWorthTelling(one, cell(1))),
    ).to.deep.equal([true, false, true, false]);
    expect(isWorthTelling(judged(30), cell(3, 30, 3))).to.equal(false);
  });

  it('is told again of what has grown in score, or come to twice as many lines', () => {
    expect(isWorthTelling(judged(40), cell(4, 30, 3))).to.equal(true);
    expect(isWorthTelling(judged(31), cell(5, 30, 3))).to.equal(false);
    expect(isWorthTelling(judged(31), cell(6, 30, 3))).to.equal(true);
  });

  it('is told again of what has become rarer by chance, though its score hardly grows', () => {
    const rarer = (bits: number) => ({ ...judged(31), why: { chance_bits: bits } });
    const told = { ...cell(4, 30, 3), toldChance: 14 };
    expect([rarer(17), rarer(18)].map((one) => isWorthTelling(one, told))).to.deep.equal([false, true]);
    expect(isWorthTelling(rarer(60), cell(4, 30, 3))).to.equal(false);
  });

  it('is looked for again at a quarter more of what is known, at twice as many of what has just come', () => {
    const known = partly<Pattern>({ foundedIn: 1, returnedIn: null, gone: false });
    expect([1, 2, 4, 9, 100].map((count) => nextLookAt(known, 9, count))).to.deep.equal([2, 3, 5, 11, 125]);
    expect(nextLookAt(known, 1, 9)).to.equal(18);
    expect(nextLookAt({ ...known, returnedIn: 9 }, 9, 9)).to.equal(18);
  });
});
