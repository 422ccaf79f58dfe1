import { expect } from 'chai';
import { bytes, count, counted, countOr, decimal, expected, money, multiple, percent } from '../../../src/views/text/numbers.ts';

describe('a number as it is written', () => {
  it('has commas in every locale', () =>
    expect([999, 1204, 1234567, -1204].map(count)).to.deep.equal(['999', '1,204', '1,234,567', '-1,204']));
  it('agrees with its noun', () => expect([0, 1, 2].map((n) => counted(n, 'event'))).to.deep.equal(['0 events', '1 event', '2 events']));
  it('that is unknown is a dash, and 0 is 0', () => expect([null, undefined, 0].map(countOr)).to.deep.equal(['-', '-', '0']));
  it('has decimals, and no sign in front of zero', () =>
    expect([decimal(7184.2, 2), decimal(-0.001, 2), decimal(-1234.5, 1)]).to.deep.equal(['7,184.20', '0.00', '-1,234.5']));
  it('of money has two decimals and its currency', () =>
    expect([money(7184.2, 'USD'), money(-12, 'EUR')]).to.deep.equal(['7,184.20 USD', '-12.00 EUR']));
  it('that is expected is as exact as it tells something', () =>
    expect([null, 0, 61.4, 2.5, 3, 0.0234, 0.0001].map(expected)).to.deep.equal(['-', '0', '61', '2.5', '3', '0.02', '<0.001']));
  it('of times loses its decimal from ten up', () => expect([6.55, 38.4].map(multiple)).to.deep.equal(['6.5x', '38x']));
  it('of a share of nothing is 0 %', () => expect([percent(1, 250), percent(3, 0)]).to.deep.equal(['0.4 %', '0 %']));
  it('of bytes has the unit that keeps it short', () =>
    expect([0, 1023, 217_088, 2_040_109_466, 2 ** 60].map(bytes)).to.deep.equal([
      '0 bytes',
      '1,023 bytes',
      '212 KiB',
      '1.9 GiB',
      '1,048,576 TiB',
    ]));
});
