import { expect } from 'chai';
import fc from 'fast-check';
import { countBits, isRare, startCounts } from '../../../src/safeguards/spike/countTail.ts';

const width = 300_000;
/** Whether the last of these counts is rare, five minutes each. */
function last(counts: readonly number[]): boolean {
  const tail = startCounts(0);
  return isRare(counts.map((count, i) => countBits(tail, count, { start: i * width, end: (i + 1) * width })).at(-1)!);
}
const many = (n: number, count: number) => Array<number>(n).fill(count);

describe('a count beside those before it', () => {
  it('is rare where chance hardly gives it', () => {
    expect([
      last([...many(200, 0), 2]),
      last([...many(200, 0), 12]),
      last([...many(200, 4), 0]),
      last([...many(200, 100), 0]),
    ]).to.deep.equal([false, true, false, true]);
  });

  it('is not rare where it comes at this hour of other days', () => {
    const day = [...many(24, 0), ...many(4, 60), ...many(260, 0)];
    expect(last([...day, ...day, ...day, ...many(24, 0), ...many(3, 60)])).to.equal(false);
    expect(last([...day, ...day, ...day, ...many(100, 0), 60])).to.equal(true);
  });

  it('is nothing before an hour of five minutes is known', () => expect(last([...many(8, 0), 50])).to.equal(false));

  it('is never less rare the more there are (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 21, max: 500 }),
        fc.nat(100),
        (before, n, more) => {
          if (last([...before, n])) expect(last([...before, n + more])).to.equal(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
