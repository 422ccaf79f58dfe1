import { Temporal } from '@js-temporal/polyfill';
import { expect } from 'chai';
import fc from 'fast-check';
import { createZone } from '../../src/base/zone.ts';
import { oddZones } from '../support/oddZones.ts';

const ms = (iso: string) => Date.parse(iso);

const zones = Intl.supportedValuesOf('timeZone');

describe('createZone', () => {
  it('starts each day where Temporal does, around the changes of the clocks, in every zone', function () {
    this.timeout(20_000);
    const dates = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-10-25', '2026-10-30', '2026-11-01'];
    for (const name of zones) {
      const zone = createZone(name);
      for (const date of dates) {
        const theirs = Temporal.PlainDate.from(date).toZonedDateTime(name).epochMilliseconds;
        expect(zone.startOfDay(ms(date) / 86_400_000), `${name} ${date}`).to.equal(theirs);
      }
    }
  });

  it('starts each day where Temporal does, over thirty years, where days misbehave', () => {
    fc.assert(
      fc.property(fc.constantFrom(...oddZones), fc.integer({ min: 12_784, max: 23_741 }), (name, day) => {
        const date = Temporal.PlainDate.from(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(createZone(name).startOfDay(day), `${name} ${date.toString()}`).to.equal(date.toZonedDateTime(name).epochMilliseconds);
      }),
      { numRuns: 300 },
    );
  });
});
