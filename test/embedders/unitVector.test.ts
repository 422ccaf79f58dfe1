import { expect } from 'chai';
import { unitVector } from '../../src/embedders/unitVector.ts';

describe('unitVector', () => {
  it('keeps the direction', () => expect([...unitVector([3, 4])!].map((x) => x.toFixed(3))).to.deep.equal(['0.600', '0.800']));
  it('leaves zeros', () => expect([...unitVector([0, 0])!]).to.deep.equal([0, 0]));
  it('refuses what is not finite', () => {
    expect(unitVector([1, Number.NaN])).to.equal(null);
    expect(unitVector([1e200, 1])).to.equal(null);
  });
});
