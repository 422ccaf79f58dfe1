import { expect } from 'chai';
import fc from 'fast-check';
import { plainNumber } from '../../../src/sources/cost/reportNumber.ts';

describe('a number in a cost report', () => {
  const right: Record<string, string> = {
    '1.5': '1.5',
    '2.0E-7': '2.0E-7',
    '0,42': '0.42',
    '1.234,56': '1234.56',
    '1,234.50': '1234.50',
    '1,234,567.5': '1234567.5',
    '1 234,56': '1234.56',
    '1\u00a0234,56': '1234.56',
    "1'234.50": '1234.50',
    '$5.00': '5.00',
    '-$5.00': '-5.00',
    '3,50 €': '3.50',
    '(2.00)': '-2.00',
    '($1,234.50)': '-1234.50',
    '−2.5': '-2.5',
    '+2': '+2',
  };
  for (const [text, number] of Object.entries(right)) it(`${text} is ${number}`, () => expect(plainNumber(text)).to.equal(number));

  it('is left as it is where it is none', () => {
    for (const text of ['', 'NaN', '0x10', '12 USD', '1,23,4.5', '1.2.3', '(2', '$', '1,234,567', '--2'])
      expect(plainNumber(text)).to.equal(text);
  });

  it('is what it was for every number as programs write it', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => Number(plainNumber(String(n))) === n));
  });
});
