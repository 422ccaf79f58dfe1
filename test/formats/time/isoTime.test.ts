import { expect } from 'chai';
import fc from 'fast-check';
import { dayMs, isDate, isoTime, twoDigits } from '../../../src/formats/time/isoTime.ts';

describe('an ISO stamp', () => {
  const day = Date.UTC(2024, 4, 1);
  const cases: [text: string, ms: number][] = [
    ['2024-05-01T10:00:00Z', day + 36_000_000],
    ['2024-05-01t10:00:00z', day + 36_000_000],
    ['2024-05-01 10:00:00+02', day + 28_800_000],
    ['2024-05-01T10:00:00+0200', day + 28_800_000],
    ['2024-05-01T10:00:00-02:30', day + 45_000_000],
    ['2024-05-01T10:00:00,5Z', day + 36_000_500],
    ['2024-05-01T10:00:00.123456789Z', day + 36_000_123],
    ['2024-05-01T10:00:00.9999Z', day + 36_000_999],
    ['2024-05-01T10:00:60Z', day + 36_060_000],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ];
  for (const [text, ms] of cases) it(`${text} is a time`, () => expect(isoTime(text)).to.equal(ms));

  const none = [
    '2024-05-01T10:00:00',
    '2024-05-01T10:00:00.Z',
    '2024-05-01T10:00:00.12xZ',
    '2024-05-01T24:00:00Z',
    '2024-05-01T10:60:00Z',
    '2024-05-01T10:00:61Z',
    '2024-05-01T10:00:00+24:00',
    '2024-05-01T10:00:00+02:60',
    '2024-05-01T10:00:00+2',
    '2024-05-01T10:00:00Zx',
    '2024-05-01_10:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2o24-05-01T10:00:00Z',
  ];
  for (const text of none) it(`${text} is none`, () => expect(isoTime(text)).to.be.NaN);
});

describe('a day of the calendar', () => {
  it('is one that JavaScript keeps as it is (property)', () => {
    const year = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(year, fc.integer({ min: -1, max: 14 }), fc.integer({ min: -1, max: 33 }), (y, m, d) => {
        const date = new Date(0);
        date.setUTCFullYear(y, m - 1, d);
        const kept = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
        expect(isDate(y, m, d)).to.equal(kept);
        if (kept) expect(dayMs(y, m, d)).to.equal(date.getTime());
      }),
    );
  });

  it('has two digits, and no sign or blank among them', () => {
    expect(['07', '42', ' 7', '+7', '7'].map((text) => twoDigits(text, 0))).to.deep.equal([7, 42, Number.NaN, Number.NaN, Number.NaN]);
  });
});
