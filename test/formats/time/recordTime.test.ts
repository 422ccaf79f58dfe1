import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/event.ts';
import { recordTime } from '../../../src/formats/time/recordTime.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';

const clockIn = (timeZone = 'UTC') => new StampClock({ timeZone, dayFirst: false }, Date.UTC(2026, 10, 1));
const iso = (ms: number) => (Number.isNaN(ms) ? 'none' : new Date(ms).toISOString());

describe('the time of a record', () => {
  const cases: [what: string, times: Json[], record: JsonObject, wanted: string][] = [
    ['the first field that holds a day and a time', ['soon', '2026-10-24 10:00:00', '2026-10-25 10:00:00'], {}, '2026-10-24T10:00:00.000Z'],
    ['a small number is a duration', [12.5, '2026-10-24 10:00:00'], {}, '2026-10-24T10:00:00.000Z'],
    [
      'a day and a time of day in two fields',
      ['2026-10-24', '10:00:00'],
      { date: '2026-10-24', time: '10:00:00' },
      '2026-10-24T10:00:00.000Z',
    ],
    [
      'with the zone in a third',
      ['2026-10-24', '10:00:00'],
      { date: '2026-10-24', time: '10:00:00', tz: '+0200' },
      '2026-10-24T08:00:00.000Z',
    ],
    [
      'a zone that is none leaves the day',
      ['2026-10-24', '10:00:00'],
      { date: '2026-10-24', time: '10:00:00', tz: 'XQZ' },
      '2026-10-24T10:00:00.000Z',
    ],
    ['a day alone is its midnight', ['2026-10-24'], {}, '2026-10-24T00:00:00.000Z'],
    ['no time at all', ['soon', null, 3], {}, 'none'],
  ];
  for (const [what, times, record, wanted] of cases) {
    it(`${what}: ${wanted}`, () => {
      expect(iso(recordTime(times, record, clockIn()))).to.equal(wanted);
    });
  }

  it('is what the next one is near to: the hour that comes twice in autumn goes on in its second pass', () => {
    const clock = clockIn('Europe/Berlin');
    const times = [
      '2026-10-25 02:50:00',
      '2026-10-25 02:05:00',
      'soon',
      '2026-10-25 02:30:00',
      '2026-10-25T02:40:00+02:00',
      '2026-10-25 02:41:00',
    ];
    expect(times.map((time) => iso(recordTime([time], {}, clock)))).to.deep.equal([
      '2026-10-25T00:50:00.000Z',
      '2026-10-25T01:05:00.000Z',
      'none',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T00:40:00.000Z',
      '2026-10-25T00:41:00.000Z',
    ]);
  });
});
