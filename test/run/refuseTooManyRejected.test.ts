import { expect } from 'chai';
import type { CaducusError } from '../../src/errors.ts';
import { refuseTooManyRejected } from '../../src/run/refuseTooManyRejected.ts';
import type { RunReport } from '../../src/run/report.ts';

type Source = [id: string, read: number, rejected: number];
const refusal = (sources: Source[], maxRejected?: number): string | null => {
  try {
    refuseTooManyRejected({ file: '', ...(maxRejected !== undefined && { maxRejected }) }, {
      sources: sources.map(([id, read, rejected]) => ({ id, read, rejected })),
    } as RunReport);
  } catch (error) {
    return (error as CaducusError).what;
  }
  return null;
};

describe('too many rejected records', () => {
  const table: [sources: Source[], most: number | undefined, what: string | null][] = [
    [[['log', 10, 5]], undefined, null],
    [[['log', 10, 6]], undefined, '6 of 10 records were rejected; that is more than half'],
    [
      [
        ['a', 10, 10],
        ['b', 10, 0],
      ],
      undefined,
      null,
    ],
    [[['log', 0, 0]], undefined, null],
    [[['log', 100, 2]], 2, null],
    [[['log', 100, 3]], 2, '3 of 100 records were rejected; max_rejected is 2'],
    [[['log', 100, 11]], 0.1, '11 of 100 records were rejected; max_rejected is 0.1'],
    [[['log', 100, 1]], 0, '1 of 100 records were rejected; max_rejected is 0'],
    // Acks and notes, of which there may be more than there are records.
    [
      [
        ['log', 1, 1],
        ['marks', 3, 0],
      ],
      undefined,
      '1 of 1 records were rejected; that is more than half',
    ],
  ];
  for (const [sources, most, what] of table)
    it(`${sources.map(([id, read, rejected]) => `${rejected} of ${read} of ${id}`).join(', ')}, at most ${most ?? 'half'}: ${what === null ? 'goes' : 'ends the run'}`, () => {
      expect(refusal(sources, most)).to.equal(what);
    });
});
