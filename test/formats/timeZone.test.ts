import { expect } from 'chai';
import fc from 'fast-check';
import { createZone } from '../../src/base/zone.ts';
import { formatOption, type FormatOption } from '../../src/formats/index.ts';
import { makeToLocal, makeToUtc } from '../../src/formats/timeZone.ts';
import { bytesOf, isoTimes, parseAll, parseInHalves } from './parse.ts';

const minute = 60_000;

/** Nights on which clocks go back: the instant of it, and how far. */
const nights: [zone: string, at: string, back: number][] = [
  ['Europe/Berlin', '2026-10-25T01:00:00Z', 60],
  ['America/New_York', '2026-11-01T06:00:00Z', 60],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 30],
  ['America/Havana', '2026-11-01T05:00:00Z', 60],
];

/** What the clocks of a zone show at an instant, as loggers without a zone write it. */
const shown = (zone: string, ms: number) => new Date(ms + createZone(zone).offsetAt(ms)).toISOString().replace('T', ' ').replace('Z', '');

/** The instants that are read from what the clocks showed at some, each by the one before it. */
function readBack(zone: string, instants: readonly number[], previous = Number.NaN): number[] {
  const toUtc = makeToUtc(zone);
  const toLocal = makeToLocal(zone);
  return instants.map((ms) => (previous = toUtc(toLocal(ms), previous)));
}

describe('an hour that the clock shows twice', () => {
  for (const [zone, iso, back] of nights) {
    const at = Date.parse(iso);
    const minutes = (...list: number[]) => list.map((n) => at + n * minute);

    it(`${zone}: is read as it was, first with the one offset and then with the other`, () => {
      const whole = Array.from({ length: 4 * back }, (_, i) => at + (i - 2 * back) * minute);
      expect(readBack(zone, whole)).to.deep.equal(whole);
    });

    it(`${zone}: is read as it was from the newest on`, () => {
      const whole = Array.from({ length: 4 * back }, (_, i) => at + (2 * back - i) * minute);
      expect(readBack(zone, whole)).to.deep.equal(whole);
    });

    it(`${zone}: lines that are out of order around the jump, of two writers too, keep their pass`, () => {
      const lines = [-0.1, 0, -0.05, 0.1, -0.02, 0.2, -5, 0.3, -4, 1, -3, 2, 5, 4].map((n) => at + Math.round(n * minute));
      expect(readBack(zone, lines)).to.deep.equal(lines);
    });

    it(`${zone}: one stamp from far away bends none behind it`, () => {
      const toUtc = makeToUtc(zone);
      const local = makeToLocal(zone)(at - 20 * minute);
      for (const stray of [at - 400 * 86_400_000, at + 400 * 86_400_000, at + 3 * back * minute])
        expect(toUtc(local, stray)).to.equal(at - 20 * minute);
    });

    it(`${zone}: the first pass is meant where no record came before; what follows the hour is right again`, () => {
      const second = minutes(back / 2, back - 5, back, back + 1);
      expect(readBack(zone, second)).to.deep.equal(minutes(-back / 2, -5, back, back + 1));
    });

    it(`${zone}: records less than half of it apart are read as they were, in whatever order`, () => {
      const steps = fc.array(fc.integer({ min: -back * 29_000, max: back * 29_000 }), { minLength: 1, maxLength: 60 });
      fc.assert(
        fc.property(fc.integer({ min: -4 * back, max: 2 * back }), steps, (start, list) => {
          let time = at + start * minute;
          const instants = list.map((step) => (time += step));
          expect(readBack(zone, instants, at + start * minute)).to.deep.equal(instants);
        }),
      );
    });
  }

  it('in spring no time comes twice, whatever came before', () => {
    const toUtc = makeToUtc('Europe/Berlin');
    const local = Date.UTC(2026, 2, 29, 2, 30);
    for (const previous of [Number.NaN, Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 2, 29, 2, 30)])
      expect(toUtc(local, previous)).to.equal(Date.UTC(2026, 2, 29, 1, 30));
  });
});

describe('what the clocks show', () => {
  it('is what the zone says, on both sides of a change', () => {
    for (const [zone, iso] of nights) {
      const toLocal = makeToLocal(zone);
      const { offsetAt } = createZone(zone);
      for (let ms = Date.parse(iso) - 86_400_000; ms < Date.parse(iso) + 86_400_000; ms += 7 * minute)
        expect(toLocal(ms)).to.equal(ms + offsetAt(ms));
    }
  });
});

describe('a log of the night on which clocks go back', () => {
  const [zone, iso] = nights[0]!;
  const instants = Array.from({ length: 100 }, (_, i) => Date.parse(iso) + (i - 50) * 2 * minute + 17);
  const stamps = instants.map((ms) => shown(zone, ms));
  const logs: [form: string, format: FormatOption, text: string][] = [
    ['lines', formatOption.parse({ lines: { timeZone: zone } }), stamps.map((stamp, i) => `${stamp} ERROR job ${i} failed\n`).join('')],
    [
      'a time of day alone',
      formatOption.parse({ lines: { timeZone: zone } }),
      stamps.map((stamp, i) => `${stamp.slice(11)} ERROR job ${i} failed\n`).join(''),
    ],
    [
      'JSON in lines',
      formatOption.parse({ lines: { timeZone: zone } }),
      stamps.map((time, i) => `${JSON.stringify({ time, level: 'ERROR', msg: `job ${i} failed` })}\n`).join(''),
    ],
    [
      'ndjson',
      formatOption.parse({ ndjson: { timeZone: zone } }),
      stamps.map((time, i) => `${JSON.stringify({ time, level: 'ERROR', msg: `job ${i} failed` })}\n`).join(''),
    ],
    [
      'csv',
      formatOption.parse({ csv: { timeZone: zone } }),
      `time,level,message\n${stamps.map((stamp, i) => `${stamp},ERROR,job ${i} failed\n`).join('')}`,
    ],
  ];
  const wanted = instants.map((ms) => new Date(ms).toISOString());
  const written = Date.parse(iso) + 3 * 60 * minute;

  for (const [form, format, text] of logs) {
    it(`${form}: every record has its own time`, () => {
      expect(isoTimes(parseAll(format, text, [], written))).to.deep.equal(wanted);
    });

    it(`${form}: wherever a run ends and the next goes on, the same comes out`, () => {
      const bytes = bytesOf(text);
      for (let half = 0; half <= bytes.length; half += 97)
        expect(isoTimes(parseInHalves(format, bytes, half, written)), `cut at ${half}`).to.deep.equal(wanted);
    });
  }
});

describe('times of day without a day', () => {
  for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata', 'UTC']) {
    it(`run forward through midnight in ${zone}`, () => {
      const toUtc = makeToUtc(zone);
      const wanted = Array.from({ length: 80 }, (_, i) => toUtc(Date.UTC(2026, 5, 3, 9)) + i * 37 * minute);
      const text = wanted.map((ms, i) => `${shown(zone, ms).slice(11)} INFO job ${i} done\n`).join('');
      const format = formatOption.parse({ lines: { timeZone: zone } });
      const first = wanted[0]! + 5 * minute;
      expect(isoTimes(parseAll(format, text, [], first))).to.deep.equal(wanted.map((ms) => new Date(ms).toISOString()));
      expect(isoTimes(parseInHalves(format, bytesOf(text), 1900, first))).to.deep.equal(wanted.map((ms) => new Date(ms).toISOString()));
    });
  }
});
