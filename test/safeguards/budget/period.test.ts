import { expect } from 'chai';
import fc from 'fast-check';
import { createPeriods, periodNames, type Anchor, type Period, type PeriodName } from '../../../src/safeguards/budget/period.ts';
import { oddZones } from '../../support/oddZones.ts';

const ms = (iso: string) => Date.parse(iso);

const hours = ({ start, end }: Period) => (end - start) / 3_600_000;

const written = (p: Period) => `${p.id} ${new Date(p.start).toISOString()} ${hours(p)}h`;

describe('createPeriods', () => {
  const table: [PeriodName, string, Anchor, string, string][] = [
    ['month', 'America/New_York', {}, '2026-03-14T03:15:00Z', '2026-03 2026-03-01T05:00:00.000Z 743h'],
    ['month', 'UTC', {}, '2026-03-01T00:00:00Z', '2026-03 2026-03-01T00:00:00.000Z 744h'],
    ['month', 'UTC', {}, '2026-02-28T23:59:59.999Z', '2026-02 2026-02-01T00:00:00.000Z 672h'],
    ['day', 'America/New_York', {}, '2026-03-08T12:00:00Z', '2026-03-08 2026-03-08T05:00:00.000Z 23h'],
    ['day', 'America/New_York', {}, '2026-11-01T12:00:00Z', '2026-11-01 2026-11-01T04:00:00.000Z 25h'],
    ['day', 'Pacific/Apia', {}, '2011-12-30T09:00:00Z', '2011-12-29 2011-12-29T10:00:00.000Z 24h'],
    ['day', 'Pacific/Apia', {}, '2011-12-30T10:00:00Z', '2011-12-31 2011-12-30T10:00:00.000Z 24h'],
    ['hour', 'America/New_York', {}, '2026-11-01T05:30:00Z', '2026-11-01T01-04:00 2026-11-01T05:00:00.000Z 1h'],
    ['hour', 'America/New_York', {}, '2026-11-01T06:30:00Z', '2026-11-01T01-05:00 2026-11-01T06:00:00.000Z 1h'],
    ['hour', 'Asia/Kolkata', {}, '2026-03-14T00:00:00Z', '2026-03-14T05+05:30 2026-03-13T23:30:00.000Z 1h'],
    ['hour', 'Australia/Lord_Howe', {}, '2026-04-04T15:15:00Z', '2026-04-05T01+10:30 2026-04-04T15:00:00.000Z 0.5h'],
    ['week', 'UTC', {}, '2027-01-01T12:00:00Z', '2026-W53 2026-12-28T00:00:00.000Z 168h'],
    ['week', 'UTC', { weekday: 7 }, '2026-03-14T12:00:00Z', '2026-03-08/P7D 2026-03-08T00:00:00.000Z 168h'],
    ['quarter', 'UTC', {}, '2026-05-01T00:00:00Z', '2026-Q2 2026-04-01T00:00:00.000Z 2184h'],
    ['quarter', 'UTC', { month: 2 }, '2026-01-31T00:00:00Z', '2025-11-01/P3M 2025-11-01T00:00:00.000Z 2208h'],
    ['year', 'UTC', {}, '2024-12-31T00:00:00Z', '2024 2024-01-01T00:00:00.000Z 8784h'],
    ['year', 'UTC', { month: 4, day: 6 }, '2026-04-05T23:59:00Z', '2025-04-06/P1Y 2025-04-06T00:00:00.000Z 8760h'],
    ['year', 'UTC', { month: 4, day: 6 }, '2026-04-06T00:00:00Z', '2026-04-06/P1Y 2026-04-06T00:00:00.000Z 8760h'],
  ];
  for (const [name, zone, anchor, at, expected] of table) {
    it(`puts ${at} into the ${name} ${expected} of ${zone}`, () => {
      expect(written(createPeriods(name, zone, anchor)(ms(at)))).to.equal(expected);
    });
  }

  it('clamps an anchor on day 31 to short months and returns to 31 after them', () => {
    const at = createPeriods('month', 'UTC', { day: 31 });
    const starts: string[] = [];
    for (let t = ms('2027-12-31T00:00:00Z'); starts.length < 6; t = at(t).end) starts.push(at(t).id);
    expect(starts).to.deep.equal([
      '2027-12-31/P1M',
      '2028-01-31/P1M',
      '2028-02-29/P1M',
      '2028-03-31/P1M',
      '2028-04-30/P1M',
      '2028-05-31/P1M',
    ]);
  });

  it('names people say are labels', () => {
    const label = (name: PeriodName, anchor: Anchor = {}) => createPeriods(name, 'UTC', anchor)(ms('2026-03-14T03:15:00Z')).label;
    expect(periodNames.map((name) => label(name))).to.deep.equal([
      '2026-03-14 03:00Z',
      '2026-03-14',
      'week 2026-W11',
      'March 2026',
      'Q1 2026',
      '2026',
    ]);
    expect(label('month', { day: 15 })).to.equal('month from 2026-02-15');
  });

  it('lets periods follow each other without gap, overlap or a second use of an id, in zones with odd days', () => {
    const place = fc.record({
      name: fc.constantFrom(...periodNames),
      zone: fc.constantFrom(...oddZones),
      anchor: fc.record({
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 31 }),
        weekday: fc.integer({ min: 1, max: 7 }),
      }),
      at: fc.integer({ min: ms('2005-01-01'), max: ms('2035-01-01') }),
    });
    fc.assert(
      fc.property(place, ({ name, zone, anchor, at }) => {
        const first = createPeriods(name, zone, anchor)(at);
        const next = createPeriods(name, zone, anchor)(first.end);
        expect(first.start <= at && at < first.end).to.equal(true);
        expect(next.start).to.equal(first.end);
        expect(next.id).to.not.equal(first.id);
        expect(createPeriods(name, zone, anchor)(first.end - 1)).to.deep.equal(first);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a zone that does not exist', () => {
    expect(() => createPeriods('day', 'Mars/Olympus')).to.throw(RangeError);
  });
});
