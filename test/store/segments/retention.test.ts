import { expect } from 'chai';
import fc from 'fast-check';
import { expired, type Kept } from '../../../src/store/segments/retention.ts';

const segment = (day: string, bytes: number, part = 1): Kept => ({ path: `g/${day}.${part}`, day, part, bytes });
const days = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
const store = days.map((day) => segment(day, 100));
const names = (gone: Kept[]) => gone.map(({ day }) => day);
const day = 86_400_000;
const newest = Date.parse('2026-03-13T12:00:00Z');

describe('expired', () => {
  it('keeps everything where nothing is asked', () => {
    expect(expired(store, newest, {})).to.deep.equal([]);
  });

  it('lets a day go once it has ended the age before the newest event, not a moment earlier', () => {
    expect(names(expired(store, Date.parse('2026-03-13T00:00:00Z'), { maxAge: 2 * day }))).to.deep.equal(['2026-03-10']);
    expect(names(expired(store, Date.parse('2026-03-13T00:00:00Z') - 1, { maxAge: 2 * day }))).to.deep.equal([]);
  });

  it('lets the oldest go until the rest fits', () => {
    expect(names(expired(store, newest, { maxBytes: 250 }))).to.deep.equal(['2026-03-10', '2026-03-11']);
    expect(names(expired(store, newest, { maxBytes: 400 }))).to.deep.equal([]);
  });

  it('lets earlier parts of a day go first', () => {
    const parts = [segment('2026-03-13', 10, 2), segment('2026-03-13', 10, 1), segment('2026-03-13', 10, 10)];
    expect(expired(parts, newest, { maxBytes: 15 }).map(({ part }) => part)).to.deep.equal([1, 2]);
  });

  it('never lets the newest go', () => {
    expect(names(expired(store, newest + 1000 * day, { maxAge: 0, maxBytes: 0 }))).to.deep.equal(days.slice(0, 3));
  });

  it('leaves at most maxBytes, or one segment', () => {
    const segments = fc.array(fc.record({ day: fc.constantFrom(...days), bytes: fc.nat(100), part: fc.integer({ min: 1, max: 99 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(segments, fc.nat(1000), (some, maxBytes) => {
        const all = some.map((one, at) => ({ ...one, path: String(at) }));
        const gone = new Set(expired(all, newest, { maxBytes }).map(({ path }) => path));
        const left = all.filter(({ path }) => !gone.has(path));
        expect(left.length <= 1 || left.reduce((sum, { bytes }) => sum + bytes, 0) <= maxBytes).to.equal(true);
      }),
    );
  });
});
