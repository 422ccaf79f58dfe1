import { expect } from 'chai';
import fc from 'fast-check';
import { epochMs } from '../../../src/formats/time/epoch.ts';
import { isoTime } from '../../../src/formats/time/isoTime.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';
import { makeToUtc } from '../../../src/formats/timeZone.ts';

const clock = (options: Partial<ConstructorParameters<typeof StampClock>[0]> = {}, reference?: number) =>
  new StampClock({ timeZone: 'UTC', dayFirst: false, ...options }, reference);
const iso = (ms: number) => (Number.isNaN(ms) ? 'none' : new Date(ms).toISOString());

describe('stamps', () => {
  const forms: Record<string, string> = {
    '2024-05-01T10:00:00Z': '2024-05-01T10:00:00.000Z',
    '2024-05-01 10:00:00.5': '2024-05-01T10:00:00.500Z',
    '2024-05-01 10:00:00,123 +0200': '2024-05-01T08:00:00.123Z',
    '2024-05-01T10:00:00-05': '2024-05-01T15:00:00.000Z',
    '2024-05-01 10:00:00 PST': '2024-05-01T18:00:00.000Z',
    '20240501T100000': '2024-05-01T10:00:00.000Z',
    '01.05.2024 10:00:00': '2024-05-01T10:00:00.000Z',
    '05/01/2024 3:04:05 PM': '2024-05-01T15:04:05.000Z',
    '13/05/2024 12:00 AM': '2024-05-13T00:00:00.000Z',
    'May 1, 2024 10:00:00 AM': '2024-05-01T10:00:00.000Z',
    'Wed, 01 May 2024 10:00:00 GMT': '2024-05-01T10:00:00.000Z',
    'Wed May  1 10:00:00 UTC 2024': '2024-05-01T10:00:00.000Z',
    '1-May-2024 10:00:00': '2024-05-01T10:00:00.000Z',
    '1714557600': '2024-05-01T10:00:00.000Z',
    '1714557600123456789': '2024-05-01T10:00:00.123Z',
    '2024-05-01': '2024-05-01T00:00:00.000Z',
    '2024-02-30 10:00:00': 'none',
    '2024-05-01 25:00:00': 'none',
    '2024-05-01 10:00:00x': 'none',
    '10.30': 'none',
    hello: 'none',
    '': 'none',
  };
  for (const [text, wanted] of Object.entries(forms)) {
    it(`${text || 'nothing'} is ${wanted}`, () => {
      expect(iso(clock().whole(text))).to.equal(wanted);
    });
  }

  it('reads the first of February when told that days come first', () => {
    expect(iso(clock({ dayFirst: true }).whole('01/02/2024'))).to.equal('2024-02-01T00:00:00.000Z');
    expect(iso(clock().whole('01/02/2024'))).to.equal('2024-01-02T00:00:00.000Z');
  });

  it('gives the year a stamp leaves out: the latest before the last change, a new one when months run back', () => {
    const years = clock({}, Date.UTC(2024, 2, 1));
    expect(iso(years.whole('Nov 30 10:00:00'))).to.equal('2023-11-30T10:00:00.000Z');
    expect(iso(years.whole('Dec 31 23:59:59'))).to.equal('2023-12-31T23:59:59.000Z');
    expect(iso(years.whole('Jan  1 00:00:01'))).to.equal('2024-01-01T00:00:01.000Z');
    expect(iso(years.whole('Dec 31 23:59:58'))).to.equal('2023-12-31T23:59:58.000Z');
    expect(iso(years.whole('Feb 29 12:00:00'))).to.equal('2024-02-29T12:00:00.000Z');
    expect(iso(clock({ year: 1999 }, Date.UTC(2024, 2, 1)).whole('Nov 30 10:00:00'))).to.equal('1999-11-30T10:00:00.000Z');
  });

  it('gives the day a stamp leaves out, and the next one past midnight', () => {
    const days = clock({}, Date.UTC(2024, 4, 2, 1));
    expect(['23:59:58', '00:00:01', '23:59:59', '00:30:00'].map((text) => iso(days.read(text, 0)))).to.deep.equal([
      '2024-05-01T23:59:58.000Z',
      '2024-05-02T00:00:01.000Z',
      '2024-05-01T23:59:59.000Z',
      '2024-05-02T00:30:00.000Z',
    ]);
  });

  it('goes on in a saved year', () => {
    const first = clock({}, Date.UTC(2024, 2, 1));
    first.whole('Dec 31 23:59:59');
    const second = new StampClock({ timeZone: 'UTC', dayFirst: false }, undefined, first.save());
    expect(iso(second.whole('Jan 2 00:00:00'))).to.equal('2024-01-02T00:00:00.000Z');
  });

  it('reads ISO stamps as Date.parse does', () => {
    const dates = fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (n: number) => String(n).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
        expect(isoTime(local + zone)).to.equal(date.getTime());
        expect(isoTime(date.toISOString())).to.equal(date.getTime());
      }),
    );
  });

  it('tells seconds, milliseconds, microseconds and nanoseconds apart', () => {
    for (const count of [1714557600.123, 1714557600123, 1714557600123456, Number('1714557600123456789')])
      expect(epochMs(count)).to.equal(1714557600123);
    expect([epochMs(-1), epochMs(Infinity), epochMs(Number.NaN)].every(Number.isNaN)).to.equal(true);
  });
});

describe('time zones', () => {
  const berlin = makeToUtc('Europe/Berlin');
  it('follow summer time', () => {
    expect(iso(berlin(Date.UTC(2024, 0, 1, 12)))).to.equal('2024-01-01T11:00:00.000Z');
    expect(iso(berlin(Date.UTC(2024, 6, 1, 12)))).to.equal('2024-07-01T10:00:00.000Z');
  });

  it('read a skipped time with the offset before, a repeated one as the earlier', () => {
    expect(iso(berlin(Date.UTC(2024, 2, 31, 2, 30)))).to.equal('2024-03-31T01:30:00.000Z');
    expect(iso(berlin(Date.UTC(2024, 9, 27, 2, 30)))).to.equal('2024-10-27T00:30:00.000Z');
  });
});
