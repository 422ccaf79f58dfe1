import { expect } from 'chai';
import fc from 'fast-check';
import { emptyStamp } from '../../../src/formats/time/stamp.ts';
import { scanStamp } from '../../../src/formats/time/stampScan.ts';

const order = { long: null, short: null };

/** The stamp at the beginning of a text, as numbers with `-` for what it left out, and what is behind it. */
function scan(text: string): string | null {
  const stamp = emptyStamp();
  if (!scanStamp(text, 0, stamp, order)) return null;
  const { year, month, day, ms, zone, epoch, timed, end } = stamp;
  const part = (value: number) => (Number.isNaN(value) ? '-' : String(value));
  const when = Number.isNaN(epoch) ? `${part(year)}/${part(month)}/${part(day)}` : `@${epoch}`;
  return `${when} ${timed ? ms / 1000 : 'untimed'}${Number.isNaN(zone) ? '' : ` zone ${zone}`}|${text.slice(end)}`;
}

describe('a stamp at the beginning of a text', () => {
  const forms: Record<string, string> = {
    'Jun 14 15:16:01 host': '-/6/14 54961| host',
    'Jun 14 15:16:01 2005 x': '2005/6/14 54961| x',
    'Jun 14 15:16:01 CEST 2005 x': '2005/6/14 54961 zone 120| x',
    'Jun 14 15:16:01 3000 x': '-/6/14 54961| 3000 x',
    'Jun 14, 2005 3:04:05 PM x': '2005/6/14 54245| x',
    'jun/03/2024 10:00:00 x': '2024/6/3 36000| x',
    'Apr-07-13 10:00:00 x': '2013/4/7 36000| x',
    'Mon Jun 03 10:00:00 x': '-/6/3 36000| x',
    'Mon,  3 Jun 2024 10:00:00 x': '2024/6/3 36000| x',
    'PDT Apr 16 21:05:29 x': '-/4/16 75929 zone -420| x',
    '2024-06-03 - 10:00:00 x': '2024/6/3 36000| x',
    '2024-06-03 -- 10:00:00 x': '2024/6/3 36000| x',
    '2024-06-03|10:00:00|x': '2024/6/3 36000||x',
    '2024-06-03][10:00:00] x': '2024/6/3 36000|] x',
    '03/Jun/2024:10:00:00 x': '2024/6/3 36000| x',
    '2024-06-03::10:00:00 x': '2024/6/3 36000| x',
    '2024-06-03 x': '2024/6/3 untimed| x',
    '20240603100000.5Z x': '2024/6/3 36000.5 zone 0| x',
    '20240603 100000 x': '2024/6/3 36000| x',
    '081109 203615 148': '2008/11/9 74175| 148',
    '0603/100000.123456 x': '-/6/3 36000.123| x',
    '1717408800 x': '@1717408800000 0| x',
    '1717408800.5 x': '@1717408800500 0| x',
    '1717408800123 x': '@1717408800123 0| x',
    '1717408800123456 x': '@1717408800123 0| x',
    '10:00:00 x': '-/-/- 36000| x',
    '1:30:05 x': '-/-/- 5405| x',
  };
  for (const [text, wanted] of Object.entries(forms)) it(text, () => expect(scan(text)).to.equal(wanted));

  const none = [
    '081109 x',
    '17174088001 x',
    '631151999 x',
    '4102444800 x',
    '1:30 x',
    '2024-06-03T10:00:00x',
    '192.0.2.1',
    '20241350',
    'May be',
    'Mon',
    '',
  ];
  for (const text of none) it(`there is none in ${JSON.stringify(text)}`, () => expect(scan(text)).to.equal(null));

  it('is followed by no letter or digit, and fits into its text (property)', () => {
    const sign = fc.constantFrom(...'0123456789', ':', '-', '/', '.', ' ', 'T', 'Z', '+', 'J', 'u', 'n', 'P', 'M', ',');
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 30 }), (text) => {
        const stamp = emptyStamp();
        if (!scanStamp(text, 0, stamp, order)) return;
        expect(stamp.end).to.be.within(1, text.length);
        expect(text.charAt(stamp.end)).to.not.match(/[A-Za-z0-9]/);
        expect(stamp.ms).to.be.within(0, 86_400_999);
      }),
      { numRuns: 500 },
    );
  });
});
