import { expect } from 'chai';
import fc from 'fast-check';
import { recordLine } from '../../../src/base/recordText.ts';
import { canonicalEvent } from '../../../src/store/canonicalEvent.ts';
import type { StoreProblem } from '../../../src/store/entry.ts';
import { SegmentRun, type Stretch } from '../../../src/store/segments/segmentRun.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const path = '/segment.ndjson';
const line = (time: number, group = 'g') => recordLine(canonicalEvent(eventAt(time, 'x', group).event));

/** Reads a segment of that text, so many bytes at a time: the times of each block, and what was wrong. */
async function read(text: string, largest = 1 << 18, stretch: Stretch = {}) {
  const files = memoryFiles({ largest });
  await (await files.open(path, 'w')).write(Buffer.from(text));
  const problems: StoreProblem[] = [];
  const run = new SegmentRun(files, path, (problem) => void problems.push(problem), stretch);
  const blocks: number[][] = [];
  while (await run.fill()) {
    blocks.push(run.ready.map(({ ms }) => ms));
    run.ready = [];
  }
  await run.close();
  return { blocks, times: blocks.flat(), problems };
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

  it('gives all that is of a stretch of time, and reports all that is broken, however little of the file is read for it', async () => {
    const long = (time: number) => line(time).replace('"text":"x"', `"text":"${'x'.repeat(20_000)}"`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(1000) }, fc.constant(null)), { minLength: 20, maxLength: 60 }),
        fc.nat(1000),
        fc.nat(1000),
        async (times, since, until) => {
          const text = times.map((time) => (time === null ? '{"torn\n' : long(time))).join('');
          const [all, some] = [await read(text), await read(text, 1 << 14, { since, until })];
          const wanted = (time: number) => time >= since && time < until;
          expect(some.times.filter(wanted)).to.deep.equal(all.times.filter(wanted));
          expect(some.problems.toSorted((a, b) => a.line! - b.line!)).to.deep.equal(all.problems);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('does not read what lies before and behind a stretch of time', async () => {
    const long = (time: number) => line(time).replace('"text":"x"', `"text":"${'x'.repeat(20_000)}"`);
    const text = Array.from({ length: 100 }, (_, i) => long(i)).join('');
    const { times } = await read(text, 1 << 14, { since: 50, until: 60 });
    expect(times).to.include.members([50, 51, 59]);
    expect(times.length).to.be.below(40);
  });

  it('gives nothing of an empty file', async () => {
    expect(await read('')).to.deep.include({ times: [] });
  });
});
