import { expect } from 'chai';
import { writeShared } from '../../../src/views/text/sharedValue.ts';

describe('what lines have in common', () => {
  it('is written with its field, and with how usual it is where that is known', () => {
    expect(writeShared({ value: 'dn2', in: 5, of: 5 })).to.equal('dn2 in 5 of 5');
    expect(writeShared({ value: '/data/3', in: 1204, of: 1300, field: 'volume', usual: 0.0012 }, (value) => `\`${value}\``)).to.equal(
      'volume `/data/3` in 1,204 of 1,300 (usual 0.12 %)',
    );
  });
});
