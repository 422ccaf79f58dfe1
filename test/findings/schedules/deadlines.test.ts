import { expect } from 'chai';
import { makeDeadlines, readClock, type Every } from '../../../src/findings/schedules/deadlines.ts';
import { toIso } from '../../../src/event.ts';

describe('deadlines', () => {
  const cases: [every: Every, by: string, zone: string, after: string, next: string[]][] = [
    ['day', '02:30', 'UTC', '2026-11-02T02:29:00Z', ['2026-11-02T02:30:00.000Z', '2026-11-03T02:30:00.000Z']],
    ['day', '02:30', 'UTC', '2026-11-02T02:30:00Z', ['2026-11-03T02:30:00.000Z']],
    ['day', '23:45', 'America/New_York', '2026-11-02T03:00:00Z', ['2026-11-02T04:45:00.000Z', '2026-11-03T04:45:00.000Z']],
    ['day', '02:30', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']],
    ['day', '02:30', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']],
    ['weekday', '06:00', 'UTC', '2026-11-06T06:00:00Z', ['2026-11-09T06:00:00.000Z']],
    ['week', 'Sun 03:00', 'UTC', '2026-11-02T00:00:00Z', ['2026-11-08T03:00:00.000Z', '2026-11-15T03:00:00.000Z']],
    ['hour', ':20', 'Asia/Kolkata', '2026-11-02T00:00:00Z', ['2026-11-02T00:50:00.000Z', '2026-11-02T01:50:00.000Z']],
  ];
  for (const [every, by, zone, after, wanted] of cases) {
    it(`every ${every} by ${by} in ${zone} after ${after}`, () => {
      const next = makeDeadlines({ every, zone, minutes: readClock(by, every)! });
      let at = Date.parse(after);
      expect(wanted.map(() => toIso((at = next(at))))).to.deep.equal(wanted);
    });
  }

  const wrong: [Every, string][] = [
    ['day', '24:00'],
    ['day', ':20'],
    ['day', 'soon'],
    ['day', 'Mon 02:30'],
    ['week', '02:30'],
    ['week', 'Xyz 02:30'],
    ['hour', '02:30'],
    ['hour', ':60'],
  ];
  for (const [every, by] of wrong) it(`${by} is no time of ${every}`, () => expect(readClock(by, every)).to.equal(null));
});
