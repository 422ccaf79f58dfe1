import { expect } from 'chai';
import type { CaducusError } from '../../../src/errors.ts';
import type { Placed } from '../../../src/run/intake/placed.ts';
import { SortedRuns } from '../../../src/run/intake/sortedRuns.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const run = (...times: number[]): Placed[] => times.map((time, i) => ({ time, stream: 0, place: i + 1, record: eventAt(time) }));
const all = (runs: SortedRuns) => {
  const times: number[] = [];
  while (runs.least() !== null) times.push(runs.take().time);
  return times;
};

describe('sorted runs on disk', () => {
  it('are merged, however many files each has', () => {
    const runs = new SortedRuns(memoryFiles(), '/s');
    runs.add(run(1, 4, 7));
    runs.add(run(2, 3, 9));
    const long = Array.from({ length: 9000 }, (_, i) => 10 + i);
    runs.add(run(...long));
    expect(runs.count).to.equal(9006);
    expect(all(runs)).to.deep.equal([1, 2, 3, 4, 7, 9, ...long]);
    expect(runs.count).to.equal(0);
  });

  it('take none of a run for which there is no room, and what is read makes room', () => {
    const files = memoryFiles();
    const runs = new SortedRuns(files, '/s', 2000);
    expect([runs.add(run(1, 2, 3, 4)), runs.add(run(5, 6, 7, 8, 9, 10, 11, 12))]).to.deep.equal([true, false]);
    expect(all(runs)).to.deep.equal([1, 2, 3, 4]);
    expect(runs.add(run(5, 6, 7, 8))).to.equal(true);
    expect(Object.keys(files.texts())).to.have.length(1);
  });

  it('that are gone end the run with the path', async () => {
    const files = memoryFiles();
    const runs = new SortedRuns(files, '/s');
    runs.add(run(1, 2));
    for (const path of Object.keys(files.texts())) await files.remove(path);
    const failure = (() => {
      try {
        return runs.least();
      } catch (error) {
        return error as CaducusError;
      }
    })();
    expect(failure).to.include({ code: 'CAD011' });
  });
});
