import { expect } from 'chai';
import { matchNetworks } from '../../src/io/matchNetworks.ts';

describe('networks', () => {
  const isIn = matchNetworks(['10.0.0.0/8', '192.168.1.7', 'fd00::/8']);
  for (const [address, expected] of [
    ['10.200.3.4', true],
    ['11.0.0.1', false],
    ['192.168.1.7', true],
    ['192.168.1.8', false],
    ['fd12::1', true],
    ['2001:db8::1', false],
    ['', false],
  ] as const)
    it(`${expected ? 'hold' : 'do not hold'} ${address || 'nothing'}`, () => expect(isIn(address)).to.equal(expected));

  it('that are none are refused', () => {
    expect(() => matchNetworks(['10.0.0.0/99'])).to.throw();
    expect(() => matchNetworks(['1.2.3'])).to.throw();
  });
});
