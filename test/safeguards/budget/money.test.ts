import { expect } from 'chai';
import fc from 'fast-check';
import { writePico, countDecimals, formatMoney, picoToUnits, parseMoney, type Pico } from '../../../src/safeguards/budget/money.ts';

const picoOf = (value: unknown): Pico => {
  const parsed = parseMoney(value);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.pico;
};

describe('parseMoney', () => {
  const read: [unknown, Pico][] = [
    ['0', 0n],
    ['1', 10n ** 12n],
    ['0.1', 10n ** 11n],
    [0.1, 10n ** 11n],
    ['+12.5', 125n * 10n ** 11n],
    ['-12.00', -12n * 10n ** 12n],
    ['.5', 5n * 10n ** 11n],
    ['5.', 5n * 10n ** 12n],
    ['1.5e-7', 150_000n],
    [1.5e-7, 150_000n],
    ['2E3', 2n * 10n ** 15n],
    [' 7 ', 7n * 10n ** 12n],
    ['0.000000000001', 1n],
    ['90071992547409.930000000001', 90071992547409930000000001n],
    ['-0', 0n],
    [-0, 0n],
    ['0e9999', 0n],
    [1e21, 10n ** 33n],
  ];
  for (const [value, pico] of read) it(`reads ${JSON.stringify(value)} exactly`, () => expect(picoOf(value)).to.equal(pico));

  const rounded: [unknown, Pico][] = [
    ['0.0000000000005000001', 1n],
    ['0.0000000000015', 2n],
    ['0.0000000000025', 2n],
    ['-0.0000000000015', -2n],
    [0.1 + 0.2, 3n * 10n ** 11n],
  ];
  for (const [value, pico] of rounded) it(`rounds ${String(value)} half to even`, () => expect(picoOf(value)).to.equal(pico));

  const refused: [unknown, string][] = [
    [undefined, 'amount is missing'],
    [null, 'amount is missing'],
    ['', 'amount is empty'],
    ['  ', 'amount is empty'],
    [Number.NaN, 'amount is NaN'],
    [Number.POSITIVE_INFINITY, 'amount is Infinity'],
    ['NaN', 'amount "NaN" is not a number'],
    ['Infinity', 'amount "Infinity" is not a number'],
    ['.', 'amount "." is not a number'],
    ['1,234.56', 'amount "1,234.56" is not a number'],
    ['0x10', 'amount "0x10" is not a number'],
    ['12 USD', 'amount "12 USD" is not a number'],
    ['1e', 'amount "1e" is not a number'],
    [true, 'amount is of type boolean'],
    [[5], 'amount is of type array'],
    [{}, 'amount is of type object'],
    ['1e999', 'amount 1e999 is too large'],
    ['1e-13', 'amount 1e-13 is finer than a pico-unit'],
    [5e-324, 'amount 5e-324 is finer than a pico-unit'],
    ['9'.repeat(65), 'amount is longer than 64 characters'],
  ];
  for (const [value, reason] of refused) {
    it(`refuses ${JSON.stringify(value) ?? 'undefined'} (${reason})`, () => expect(parseMoney(value)).to.deep.equal({ ok: false, reason }));
  }

  it('gives back what writePico wrote', () => {
    fc.assert(fc.property(fc.bigInt(-(10n ** 35n), 10n ** 35n), (pico) => void expect(picoOf(writePico(pico))).to.equal(pico)));
  });

  it('reads a number as its shortest spelling, to the pico-unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 9 }), (n, places) => {
        expect(picoOf(n / 10 ** places)).to.equal(BigInt(n) * 10n ** BigInt(12 - places));
      }),
    );
  });
});

describe('picoToUnits', () => {
  it('is the double nearest to the decimal', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (pico) => void expect(picoToUnits(pico)).to.equal(Number(writePico(pico)))),
    );
  });
});

describe('formatMoney', () => {
  const table: [string, number, string][] = [
    ['12000', 2, '12,000.00'],
    ['5240.8', 2, '5,240.80'],
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['-0.004', 2, '0.00'],
    ['999.995', 2, '1,000.00'],
    ['1234567', 0, '1,234,567'],
    ['0.5', 0, '1'],
    ['-12', 2, '-12.00'],
  ];
  for (const [amount, decimals, text] of table) {
    it(`writes ${amount} with ${decimals} decimals as ${text}`, () => expect(formatMoney(picoOf(amount), decimals)).to.equal(text));
  }
  it('gives currencies their decimals and counted things none', () => {
    expect(['USD', 'EUR', 'JPY', 'tokens'].map(countDecimals)).to.deep.equal([2, 2, 0, 0]);
  });
});
