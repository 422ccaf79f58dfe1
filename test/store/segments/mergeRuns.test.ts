import { expect } from 'chai';
import fc from 'fast-check';
import { inOrder, type Entry } from '../../../src/store/entry.ts';
import { mergeRuns, type Run } from '../../../src/store/segments/mergeRuns.ts';

const entry = (ms: number, id: string): Entry => ({ ms, id, record: '' });

/** A run that gives its entries so many at a time. */
function runOf(entries: readonly Entry[], block: number) {
  const rest = [...entries];
  const run = {
    closed: 0,
    ready: [] as Entry[],
    fill: () => {
      run.ready = rest.splice(0, block);
      return Promise.resolve(run.ready.length > 0);
    },
    close: () => {
      run.closed += 1;
      return Promise.resolve();
    },
  };
  return run satisfies Run;
}

describe('runs that are merged', () => {
  it('come in one order, whole, however many there are and however they are read', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(times, { maxLength: 6 }), fc.integer({ min: 1, max: 3 }), async (all, block) => {
        const sorted = all.map((some, index) => some.map((ms, at) => entry(ms, `${index}-${at}`)).sort(inOrder));
        const runs = sorted.map((entries) => runOf(entries, block));
        const found: Entry[] = [];
        for await (const { entry: one, run } of mergeRuns(runs)) {
          expect(run).to.equal(runs[Number(one.id[0])]);
          found.push(one);
        }
        expect(found).to.deep.equal(sorted.flat().sort(inOrder));
        expect(runs.every(({ closed }) => closed === 1)).to.equal(true);
      }),
    );
  });

  it('are closed where the merge is left early, and where one cannot be read', async () => {
    const runs = [runOf([entry(1, 'a'), entry(3, 'c')], 1), runOf([entry(2, 'b')], 1)];
    for await (const { entry: one } of mergeRuns(runs)) if (one.id === 'b') break;
    expect(runs.map(({ closed }) => closed)).to.deep.equal([1, 1]);
    const torn = { ...runOf([], 1), fill: () => Promise.reject(new Error('torn')) };
    const whole = runOf([entry(1, 'a')], 1);
    const failed = await mergeRuns([whole, torn])
      .next()
      .then(
        () => 'none',
        (error: unknown) => (error as Error).message,
      );
    expect([failed, whole.closed]).to.deep.equal(['torn', 1]);
  });
});
