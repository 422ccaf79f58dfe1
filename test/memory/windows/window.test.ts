import { expect } from 'chai';
import fc from 'fast-check';
import { OpenWindows } from '../../../src/memory/windows/openWindows.ts';
import type { Pattern } from '../../../src/memory/patterns/pattern.ts';
import { patternNamed } from '../../support/memory/patterns.ts';
import { addToCell, addToWindow, mergeCells, openCell, sinceFirst, type Cell } from '../../../src/memory/windows/window.ts';

const SECOND = 1000;

function patternsNamed(...texts: string[]): Pattern[] {
  const founding = { time: 0, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 };
  return texts.map((text, i) => patternNamed(`t${i}`, text, founding, i));
}

function cellOf(seconds: readonly number[]): Cell {
  const cell = openCell(seconds[0]! * SECOND, 1);
  for (const s of seconds) addToCell(cell, s * SECOND, s % 5);
  return cell;
}

describe('a cell', () => {
  it('keeps count, worst level, first and last, and the fullest minute', () => {
    expect(cellOf([1, 3, 59, 60, 61, 118, 119, 181])).to.include({
      count: 8,
      level: 4,
      first: 1000,
      last: 181_000,
      peak: 4,
    });
  });

  it('merges into what it would have been, but for minutes that overlap only in part', () => {
    const seconds = fc.array(fc.nat(600), { minLength: 1, maxLength: 40 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const merged = cellOf(a);
        mergeCells(merged, cellOf(b));
        const whole = cellOf([...a, ...b].sort((x, y) => x - y));
        for (const part of ['count', 'level', 'first', 'last'] as const) expect(merged[part]).to.equal(whole[part]);
        expect(merged.peak).to.be.at.most(whole.peak);
      }),
    );
  });
});

describe('open windows', () => {
  it('stand in order of time, however they are opened', () => {
    const windows = new OpenWindows();
    for (const index of [7, 5, 6, 5]) windows.at(index);
    expect([windows.shift()!.index, windows.shift()!.index, windows.shift()!.index, windows.size]).to.deep.equal([5, 6, 7, 0]);
  });

  it('move what was counted for one pattern to another, in every window', () => {
    const [a, b] = patternsNamed('alpha beta gamma', 'delta epsilon zeta') as [Pattern, Pattern];
    const windows = new OpenWindows();
    windows.at(1).cells.set(a, cellOf([1, 2]));
    windows
      .at(2)
      .cells.set(a, cellOf([61]))
      .set(b, cellOf([62, 63]));
    windows.move(a, b);
    expect([windows.hold(a), windows.hold(b)]).to.deep.equal([false, true]);
    expect([windows.at(1).cells.get(b)!.count, windows.at(2).cells.get(b)!.count]).to.deep.equal([2, 3]);
  });

  it('are the same after a save and load, infinities included', () => {
    const [a] = patternsNamed('alpha beta gamma') as [Pattern];
    const windows = new OpenWindows();
    const window = windows.at(3);
    addToWindow(window, 3000, 4);
    window.cells.set(a, { ...cellOf([1, 2]), loudAt: Number.POSITIVE_INFINITY });
    const loaded = new OpenWindows();
    loaded.load(JSON.parse(JSON.stringify(windows.save())), () => a);
    expect(loaded.first).to.deep.equal(windows.first);
  });

  it('keep the early result of a cell under the keys of older releases', () => {
    const [a] = patternsNamed('alpha beta gamma') as [Pattern];
    const windows = new OpenWindows();
    windows.at(3).cells.set(a, { ...cellOf([1, 2]), emittedScore: 30, emittedCount: 2, emittedChance: 14 });
    const text = JSON.stringify(windows.save());
    expect(text).to.include('"told":30').and.include('"toldCount":2').and.include('"toldChance":14').and.not.include('emitted');
    const loaded = new OpenWindows();
    loaded.load(JSON.parse(text), () => a);
    expect(loaded.first).to.deep.equal(windows.first);
  });

  it('count a first window from its first event on', () => {
    const window = new OpenWindows().at(2);
    expect(sinceFirst(window, 1, 100)).to.equal(1);
    addToWindow(window, 275, -1);
    expect(sinceFirst(window, 1, 100)).to.be.closeTo(0.25, 1e-9);
    expect(sinceFirst(window, 0.75, 100)).to.equal(0.01);
  });
});
