import { expect } from 'chai';
import { TREND } from '../../../src/memory/patterns/pattern.ts';
import { catchUp, countLine, foldWindow, isSilent, mergePatterns } from '../../../src/memory/patterns/patternHistory.ts';
import { HALF_LIFE, patternWith } from '../../support/memory/patterns.ts';

describe('the history of a pattern', () => {
  it('folds windows that were missed as windows without an event', () => {
    const [missed, told] = [patternWith([5, 6]), patternWith([5, 6, 0, 0, 0])];
    catchUp(missed, 5, HALF_LIFE);
    expect(missed.trend).to.deep.equal(told.trend);
    expect(missed.rate.sum).to.be.closeTo(told.rate.sum, 1e-9);
    expect(missed.window).to.equal(4);
  });

  it('keeps as many windows as the trend shows', () => {
    const pattern = patternWith(Array.from({ length: 40 }, (_, i) => i));
    expect(pattern.trend).to.deep.equal(Array.from({ length: TREND }, (_, i) => 28 + i));
    catchUp(pattern, 1000, HALF_LIFE);
    expect(isSilent(pattern)).to.equal(true);
  });

  it('begins a new usual once it was told to be gone and stayed away for the whole trend', () => {
    const pattern = patternWith(Array<number>(30).fill(100));
    pattern.gone = true;
    for (let i = 30; i < 30 + TREND; i++) foldWindow(pattern, i, 0, 1, HALF_LIFE);
    expect(pattern.rate).to.deep.equal({ sum: 0, squares: 0, exposure: TREND });
    foldWindow(pattern, 42, 9, 1, HALF_LIFE);
    expect(pattern.gone).to.equal(false);
  });

  it('adds up when two patterns turn out to be one', () => {
    const [heir, gone] = [patternWith([1, 2, 3]), patternWith([10])];
    countLine(heir, 50, 2);
    countLine(gone, 20, 4);
    countLine(gone, 90, 1);
    mergePatterns(heir, gone, HALF_LIFE);
    expect(heir.trend).to.deep.equal([11, 2, 3]);
    expect(heir).to.include({ total: 19, level: 4 });
  });
});
