import { expect } from 'chai';
import { share } from '../../../src/views/text/share.ts';

describe('a share', () => {
  it('is written in percent, with two digits that say something', () => {
    expect([0, 0.00001, 0.0012, 0.034, 0.123, 1].map(share)).to.deep.equal(['0 %', '< 0.01 %', '0.12 %', '3.4 %', '12.3 %', '100 %']);
  });
});
