import { expect } from 'chai';
import { findCommonFields, sumFields } from '../../src/findings/commonFields.ts';

const field = (value: string, many: number, of: number, usual: number | null, name = 'version') => ({ name, value, in: many, of, usual });

describe('what lines have in common', () => {
  it('is the value of nearly all of them that others of their groups have not, over all patterns', () => {
    const lists = [[field('v412', 9, 10, 0.1)], [field('v412', 10, 10, 0.2)]];
    expect(findCommonFields(lists)).to.deep.equal([{ value: 'v412', in: 19, of: 20, field: 'version', usual: 0.152632 }]);
    expect(sumFields(lists)[0]!.usual).to.be.closeTo(2.9, 1e-9);
  });

  it('is nothing that half of the others have too, or of which nothing is known', () => {
    expect(findCommonFields([[field('v412', 10, 10, 0.6)]])).to.deep.equal([]);
    expect(findCommonFields([[field('v412', 10, 10, null)]])).to.deep.equal([]);
  });

  it('is nothing that a fifth lacks, nor of two lines', () => {
    expect(findCommonFields([[field('v412', 7, 10, 0.1)]])).to.deep.equal([]);
    expect(findCommonFields([[field('v412', 2, 2, 0.1)]])).to.deep.equal([]);
    expect(findCommonFields([])).to.deep.equal([]);
  });

  it('counts the lines of a pattern of which some were looked at as if all had been', () => {
    const lists = [[field('v412', 64, 64, 0.1), field('/data/3', 1000, 1000, 0, 'volume')]];
    expect(findCommonFields(lists).map(({ value, in: many, of }) => [value, many, of])).to.deep.equal([
      ['v412', 1000, 1000],
      ['/data/3', 1000, 1000],
    ]);
  });

  it('are three values at most, those of most lines first', () => {
    const names = ['pod', 'zone', 'host', 'region'];
    const found = findCommonFields([names.map((name, at) => field(name, 16 + at, 20, 0.1, name))]);
    expect(found.map(({ value }) => value)).to.deep.equal(['region', 'host', 'zone']);
  });
});
