import { expect } from 'chai';
import { emptyStamp } from '../../../src/formats/time/stamp.ts';
import { scanTime, scanZone } from '../../../src/formats/time/stampTime.ts';

/** Seconds since midnight, minutes of the zone where there is one, and what is behind; null when it is no time. */
function time(text: string): string | null {
  const stamp = { ...emptyStamp(), year: 2024, month: 6, day: 3 };
  if (!scanTime(text, 0, stamp)) return null;
  return `${stamp.ms / 1000}${Number.isNaN(stamp.zone) ? '' : ` ${stamp.zone}`}|${text.slice(stamp.end)}`;
}

describe('a time of day', () => {
  const forms: Record<string, string | null> = {
    '15:16:01 x': '54961| x',
    '15.42.50.675872 x': '56570.675| x',
    '22:15:29:606 x': '80129.606| x',
    '22:15:29:6 x': '80129.006| x',
    '22:15:29.6 x': '80129.6| x',
    '22:15:29,06 x': '80129.06| x',
    '22:15:29.515.1538 x': '80129.515| x',
    '203615 x': '74175| x',
    '203615123 x': '74175.123| x',
    '3:04:05 PM x': '54245| x',
    '12:00:00 am x': '0| x',
    '12:00:00 PM x': '43200| x',
    '13:00:00 PM x': '46800| PM x',
    '3:04:05 PMs': '11045| PMs',
    '1:2:35 x': '3755| x',
    '23:59:60 x': '86400| x',
    '下午 03:00:00 x': '54000| x',
    '10时00分05秒 x': '36005| x',
    '24:00:00': null,
    '10:60:00': null,
    '10:00:61': null,
    '10.30': null,
    '1:2': null,
    '246160': null,
    x: null,
  };
  for (const [text, wanted] of Object.entries(forms)) it(text, () => expect(time(text)).to.equal(wanted));
});

describe('a zone behind a time', () => {
  const forms: Record<string, string> = {
    Z: '0|',
    ' +0200 x': '120| x',
    '+02:00': '120|',
    '-05': '-300|',
    ' -12 degrees': '-| -12 degrees',
    '-300 x': '-300| x',
    ' +1900': '-| +1900',
    ' +0160': '-| +0160',
    ' CEST x': '120| x',
    ' PST,': '-480|,',
    ' IST x': '-| IST x',
    ' PSTx': '-| PSTx',
    ' ERROR x': '-| ERROR x',
    ' GMT+2 x': '120| x',
    ' UTC-05:00 x': '-300| x',
    ' GMT +2 x': '120| x',
    ' GMT+0200 (Central European Summer Time) x': '120| x',
    ' Europe/Berlin x': '120| x',
    ' Nowhere/Town x': '-| Nowhere/Town x',
  };
  for (const [text, wanted] of Object.entries(forms)) {
    it(JSON.stringify(text), () => {
      const stamp = { ...emptyStamp(), year: 2024, month: 6, day: 3 };
      const end = scanZone(text, 0, stamp);
      expect(`${Number.isNaN(stamp.zone) ? '-' : stamp.zone}|${text.slice(end)}`).to.equal(wanted);
    });
  }

  it('by its name needs the day: its offset changes with it', () => {
    const stamp = { ...emptyStamp(), year: 2024, month: 12, day: 3 };
    scanZone(' Europe/Berlin', 0, stamp);
    expect(stamp.zone).to.equal(60);
    expect(scanZone(' Europe/Berlin', 0, emptyStamp())).to.equal(0);
  });
});
