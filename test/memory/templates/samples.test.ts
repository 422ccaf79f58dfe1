import { assert } from 'chai';
import fc from 'fast-check';
import { Samples, type Sample } from '../../../src/memory/templates/samples.ts';

const line = fc.record({ at: fc.integer({ min: 0, max: 20 }), text: fc.string({ maxLength: 12 }) });
const take = (lines: readonly { at: number; text: string }[]): Samples => {
  const samples = new Samples();
  lines.forEach(({ at, text }, i) => samples.add(`e${i}`, at, text, i + 1));
  return samples;
};

describe('Samples', () => {
  it('keeps the first of the earliest lines and the last of the latest', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        const all = lines.map(({ at, text }, i): Sample => ({ id: `e${i}`, at, text }));
        const { oldest, newest } = take(lines);
        const times = all.map(({ at }) => at);
        assert.deepEqual(
          oldest,
          all.find(({ at }) => at === Math.min(...times)),
        );
        assert.deepEqual(
          newest,
          all.findLast(({ at }) => at === Math.max(...times)),
        );
      }),
    );
  });

  it('goes on after a restart as if there had been none', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (before, after) => {
        const through = take([...before, ...after]);
        const again = Samples.load(structuredClone(take(before).save()));
        after.forEach(({ at, text }, i) => again.add(`e${before.length + i}`, at, text, before.length + i + 1));
        assert.deepEqual(again.save(), through.save());
      }),
    );
  });

  it('keeps 4,096 characters of a line', () => {
    const samples = take([{ at: 1, text: 'x'.repeat(5000) }]);
    for (const { text } of samples.save().lines) assert.lengthOf(text, 4096);
  });
});
