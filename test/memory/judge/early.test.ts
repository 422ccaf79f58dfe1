import { expect } from 'chai';
import { isWorthTelling } from '../../../src/memory/judge/early.ts';
import type { Judgement } from '../../../src/memory/judge/judge.ts';
import type { Cell } from '../../../src/memory/windows/window.ts';
import { partly } from '../../support/typed.ts';

const judged = (score: number, state: Judgement['state'] = 'rising', surprise = 10) =>
  partly<Judgement>({ state, score, bits: { surprise } });
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
});
