import { expect } from 'chai';
import fc from 'fast-check';
import type { Files } from '../../../src/io.ts';
import { isBefore, type Placed } from '../../../src/run/intake/placed.ts';
import { ReorderBuffer } from '../../../src/run/intake/reorderBuffer.ts';
import { SortedRuns } from '../../../src/run/intake/sortedRuns.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const placed = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 2 }), fc.string({ maxLength: 300 })), { maxLength: 80 })
  .map((all) => all.map(([time, stream, text], i): Placed => ({ time, stream, place: i + 1, record: eventAt(time, text) })));
const taken = (buffer: ReorderBuffer) => {
  const out: Placed[] = [];
  for (let one = buffer.take(); one !== null; one = buffer.take()) {
    const { time, stream, place, record } = one;
    out.push({ time, stream, place, record });
  }
  return out;
};
const sorted = (all: readonly Placed[]) => all.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));

describe('what waits for its turn', () => {
  it('comes out by time, stream and place, from memory and from disk alike, and leaves nothing there', () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: 400, max: 20_000 }), (all, most) => {
        const files = memoryFiles();
        const buffer = new ReorderBuffer(new SortedRuns(files, '/sorting'), most);
        for (const one of all) buffer.push(one);
        expect(buffer.isFull).to.equal(false);
        expect(buffer.waiting).to.equal(all.length);
        expect(taken(buffer)).to.deep.equal(sorted(all));
        expect(Object.keys(files.texts())).to.deep.equal([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is full where there is no disk, or no room on it, and loses nothing', () => {
    const all = Array.from({ length: 40 }, (_, i): Placed => ({
      time: 100 - i,
      stream: 0,
      place: i + 1,
      record: eventAt(i, 'x'.repeat(99)),
    }));
    const failing: Pick<Files, 'writeSync' | 'readSync' | 'removeSync'> = {
      ...memoryFiles(),
      writeSync: () => {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
    };
    for (const runs of [null, new SortedRuns(failing, '/sorting'), new SortedRuns(memoryFiles(), '/sorting', 5000)]) {
      const buffer = new ReorderBuffer(runs, 3000);
      for (const one of all) buffer.push(one);
      expect(buffer.isFull).to.equal(true);
      expect(taken(buffer)).to.deep.equal(sorted(all));
    }
  });

  it('what is left on disk goes when the run ends', () => {
    const files = memoryFiles();
    const buffer = new ReorderBuffer(new SortedRuns(files, '/sorting'), 1000);
    for (let i = 0; i < 20; i += 1) buffer.push({ time: i, stream: 0, place: i + 1, record: eventAt(i) });
    expect(Object.keys(files.texts())).to.not.deep.equal([]);
    buffer.close();
    expect(Object.keys(files.texts())).to.deep.equal([]);
  });
});
