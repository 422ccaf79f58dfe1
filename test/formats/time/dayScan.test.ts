import { expect } from 'chai';
import { emptyStamp } from '../../../src/formats/time/stamp.ts';
import { scanStamp } from '../../../src/formats/time/stampScan.ts';

/** The stamp at the beginning of a text as local time and minutes of its zone, or null. */
function scan(text: string): string | null {
  const stamp = emptyStamp();
  if (!scanStamp(text, 0, stamp, { long: null, short: null })) return null;
  const { year, month, day, ms, zone, end } = stamp;
  const time = new Date(Date.UTC(Number.isNaN(year) ? 1 : year, month - 1, day) + ms).toISOString().slice(0, 23);
  return `${time}${Number.isNaN(zone) ? '' : ` ${zone}`}${text.slice(end)}`;
}

describe('days', () => {
  const days: Record<string, string> = {
    '2024 Jun 03 10:00:00.5 x': '2024-06-03T10:00:00.500 x',
    '2024 Jun  3 10:00:00 x': '2024-06-03T10:00:00.000 x',
    '2024-Jun-03 10:00:00 x': '2024-06-03T10:00:00.000 x',
    '2024-155T10:00:00.25Z x': '2024-06-03T10:00:00.250 0 x',
    '2024.155.10:00:00 x': '2024-06-03T10:00:00.000 x',
    '24155 10:00:00.12 x': '2024-06-03T10:00:00.120 x',
    '10:00:00 UTC 06/03/2024 x': '2024-06-03T10:00:00.000 0 x',
    '10:00:00.250, 03 Jun 2024 x': '2024-06-03T10:00:00.250 x',
    '10:00:00, Mon 3-Jun-2024 x': '2024-06-03T10:00:00.000 x',
    '3. Juni 2024 um 10:00:00 x': '2024-06-03T10:00:00.000 x',
    'June 3, 2024 at 10:00:00 AM UTC x': '2024-06-03T10:00:00.000 0 x',
    'lundi 3 juin 2024 à 10:00:00 x': '2024-06-03T10:00:00.000 x',
    'Mo, 03 Jun 2024 10:00:00 x': '2024-06-03T10:00:00.000 x',
    '03 июн 2024 10:00:00 x': '2024-06-03T10:00:00.000 x',
    '3 czerwca 2024 10:00:00 x': '2024-06-03T10:00:00.000 x',
    '2024年06月03日 10:00:00 x': '2024-06-03T10:00:00.000 x',
    '2024年6月3日 10时00分01秒 x': '2024-06-03T10:00:01.000 x',
    '2024/6/3 下午 03:00:00 x': '2024-06-03T15:00:00.000 x',
    '2024-06-03 오전 12:00:01 x': '2024-06-03T00:00:01.000 x',
    '2024-06-03 10:00:00 Europe/Berlin x': '2024-06-03T10:00:00.000 120 x',
    '03-Dec-2024 10:00:00 America/New_York]': '2024-12-03T10:00:00.000 -300]',
    'Mon Jun 03 2024 10:00:00 GMT+0200 (Central European Summer Time) x': '2024-06-03T10:00:00.000 120 x',
  };
  for (const [text, wanted] of Object.entries(days)) it(text, () => expect(scan(text)).to.equal(wanted));

  it('that there are not are none', () => {
    for (const text of ['2023-366T10:00:00', '24000 10:00:00', '2024-155', '24155 x', 'sa 3 x', 'Started 3 Jun 2024 10:00:00'])
      expect(scan(text), text).to.equal(null);
  });

  it('behind a time alone need their year, and a zone, comma or name that sets them off', () => {
    const stamp = emptyStamp();
    for (const text of ['10:00:00 03/06 x', '10:00:00 12 Apr x', '10:00:00 2024-06-03']) {
      expect(scanStamp(text, 0, stamp, { long: null, short: null })).to.equal(true);
      expect([stamp.month, stamp.end]).to.deep.equal([Number.NaN, 8]);
    }
  });

  it('of a zone that is none keep what stands there', () =>
    expect(scan('2024-06-03 10:00:00 Nowhere/Town x')).to.equal('2024-06-03T10:00:00.000 Nowhere/Town x'));
});
