import { expect } from 'chai';
import { beginLevel } from '../../../src/memory/ranking/beginLevel.ts';

describe('the level at which something began', () => {
  it('is any count of what never came, else the least that stood out', () => {
    expect([null, 0, 0.01, 25].map(beginLevel)).to.deep.equal([1, 1, 1, 45]);
    expect(Math.round(beginLevel(61))).to.equal(92);
  });
});
