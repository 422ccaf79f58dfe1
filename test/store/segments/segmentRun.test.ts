import { expect } from 'chai';
import fc from 'fast-check';
import { recordLine } from '../../../src/base/recordText.ts';
import { canonicalEvent } from '../../../src/store/canonicalEvent.ts';
import type { StoreProblem } from '../../../src/store/entry.ts';
import { readGroup, SegmentRun } from '../../../src/store/segments/segmentRun.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const path = '/segment.ndjson';
const line = (time: number, group = 'g') => recordLine(canonicalEvent(eventAt(time, 'x', group).event));

/** Reads a segment of that text, so many bytes at a time: the times of each block, and what was wrong. */
async function read(text: string, largest = 1 << 18) {
  const files = memoryFiles({ largest });
  await (await files.open(path, 'w')).write(Buffer.from(text));
  const problems: StoreProblem[] = [];
  const run = new SegmentRun(files, path, (problem) => void problems.push(problem));
  const blocks: number[][] = [];
  while (await run.fill()) {
    blocks.push(run.ready.map(({ ms }) => ms));
    run.ready = [];
  }
  await run.close();
  return { blocks, times: blocks.flat(), problems, group: await readGroup(files, path) };
}

describe('SegmentRun', () => {
  it('gives what is in a file in order of time, however far out of order it stands and however it is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1e6)), fc.integer({ min: 20, max: 500 }), async (times, largest) => {
        const found = await read(times.map((time) => line(time)).join(''), largest);
        expect(found.times).to.deep.equal(times.toSorted((a, b) => a - b));
        expect(found.problems).to.deep.equal([]);
      }),
      { numRuns: 40 },
    );
  });

  it('holds no more of a file in order than it reads at a time', async () => {
    const all = Array.from({ length: 40 }, (_, i) => line(i * 1000));
    const { blocks } = await read(all.join(''), 4 * all[0]!.length);
    expect(blocks.length).to.be.greaterThan(5);
    expect(Math.max(...blocks.map(({ length }) => length))).to.be.at.most(5);
  });

  it('reports a broken line by its number, once, and goes on behind it', async () => {
    const { times, problems } = await read(`${line(1)}\n{"torn\n${line(2)}`, 30);
    expect(times).to.deep.equal([1, 2]);
    expect(problems.map((one) => [one.path, one.line])).to.deep.equal([[path, 3]]);
  });

  it('reads a last line that has no line feed', async () => {
    expect((await read(`${line(1)}${line(2).trimEnd()}`)).times).to.deep.equal([1, 2]);
  });

  it('gives nothing of an empty file', async () => {
    expect(await read('')).to.deep.include({ times: [], group: null });
  });
});

describe('the group of a segment', () => {
  it('is that of its first good line', async () => {
    expect((await read(`{"torn\n\n${line(1, 'app:web')}${line(2, 'other')}`)).group).to.equal('app:web');
  });

  it('is none where no line is good', async () => {
    expect((await read('{"torn\n')).group).to.equal(null);
  });
});
