import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import type { Pattern } from '../../../src/memory/patterns/pattern.ts';
import { OpenWindows } from '../../../src/memory/windows/openWindows.ts';
import { addToCell, addToWindow, openCell } from '../../../src/memory/windows/window.ts';
import { patternNamed } from '../../support/memory/patterns.ts';

const founding = { time: 0, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 };
const [a, b] = ['disk full', 'out of memory'].map((text, i) => patternNamed(`t${i}`, text, founding, i)) as [Pattern, Pattern];

/** Counts a line of a pattern in a window. */
function count(windows: OpenWindows, index: number, pattern: Pattern, time: number): void {
  const window = windows.at(index);
  const cell = window.cells.get(pattern) ?? openCell(time, 1);
  window.cells.set(pattern, cell);
  addToWindow(window, time, 3);
  addToCell(cell, time, 3);
}

describe('the windows of a group that are open', () => {
  it('are in order of time, each there once, however they were opened', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (indices) => {
        const windows = new OpenWindows();
        for (const index of indices) expect(windows.at(index).index).to.equal(index);
        const sorted = [...new Set(indices)].sort((x, y) => x - y);
        expect(windows.size).to.equal(sorted.length);
        expect(Array.from(sorted, () => windows.shift()!.index)).to.deep.equal(sorted);
        expect([windows.first, windows.shift()]).to.deep.equal([undefined, undefined]);
      }),
    );
  });

  it('are found without being opened', () => {
    const windows = new OpenWindows();
    expect(windows.find(3)).to.equal(undefined);
    expect(windows.size).to.equal(0);
    expect(windows.at(3)).to.equal(windows.find(3));
  });

  it('count for another pattern what was counted for one', () => {
    const windows = new OpenWindows();
    count(windows, 0, a, 10);
    count(windows, 1, a, 70_000);
    count(windows, 1, b, 80_000);
    windows.move(a, b);
    expect([windows.hold(a), windows.hold(b)]).to.deep.equal([false, true]);
    expect([0, 1].map((index) => windows.find(index)!.cells.get(b)!.count)).to.deep.equal([1, 2]);
    expect(windows.find(1)!.cells.get(b)).to.include({ first: 70_000, last: 80_000 });
  });

  it('come back as they were saved', () => {
    const windows = new OpenWindows();
    count(windows, 1, a, 70_000);
    count(windows, 0, b, 5);
    const restored = new OpenWindows();
    restored.load(JSON.parse(JSON.stringify(windows.save())) as Json, (id) => [a, b].find((one) => one.id === id)!);
    expect(restored.save()).to.deep.equal(windows.save());
    expect([restored.first!.index, restored.hold(a)]).to.deep.equal([0, true]);
  });
});
