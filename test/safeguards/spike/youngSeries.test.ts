import { expect } from 'chai';
import fc from 'fast-check';
import { createAdaptive } from '../../../src/safeguards/adaptiveDetector.ts';
import { createYoung } from '../../../src/safeguards/spike/youngSeries.ts';

const minute = 60_000;
const start = Date.parse('2026-03-14T00:00:00Z');
// JSON knows no -0.
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), number), {
  minLength: 30,
  maxLength: 120,
});

describe('a series that is too young to fire', () => {
  it('scores from its warm-up on as the detector does that was asked from the first point', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 40 }), (points, warmup) => {
        const [plain, young] = [createAdaptive({ warmup }), createYoung({ warmup })];
        const [state, series] = [plain.start(), young.start()];
        points.forEach((value, i) => {
          const expected = plain.score(state, start + i * minute, value);
          const scored = young.score(series, start + i * minute, value, false);
          expect(scored, `point ${i}`).to.deep.equal(i < warmup ? null : expected);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('scores the same where a score is wanted before that, and behind a restart at any point', () => {
    fc.assert(
      fc.property(values, fc.nat({ max: 29 }), fc.nat({ max: 29 }), (points, wanted, restart) => {
        const [plain, young] = [createAdaptive({ warmup: 20 }), createYoung({ warmup: 20 })];
        const state = plain.start();
        let series = young.start();
        points.forEach((value, i) => {
          const expected = plain.score(state, start + i * minute, value);
          const scored = young.score(series, start + i * minute, value, i === wanted);
          if (scored) expect(scored, `point ${i}`).to.deep.equal(expected);
          else expect(i, 'a score is missing').to.be.below(Math.min(20, wanted));
          if (i === restart) series = young.load(JSON.parse(JSON.stringify(young.save(series))));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is its points and little more until then', () => {
    const young = createYoung({});
    const series = young.start();
    for (let i = 0; i < 99; i += 1) young.score(series, start + i * minute, 1, false);
    expect(young.bytes(series)).to.be.below(2000);
    expect(JSON.stringify(young.save(series)).length).to.be.below(2000);
    young.score(series, start + 99 * minute, 1, false);
    young.score(series, start + 100 * minute, 1, false);
    expect(young.bytes(series)).to.be.above(10_000);
  });

  it('waits no longer than there is room, however long the warm-up is', () => {
    const young = createYoung({ warmup: 100_000 });
    const series = young.start();
    for (let i = 0; i < 300; i += 1) young.score(series, start + i * minute, i % 7, false);
    expect(series.points).to.equal(null);
  });

  it('refuses a point as the detector does, and is as before', () => {
    const young = createYoung({});
    const series = young.start();
    for (const [time, value] of [
      [Number.NaN, 1],
      [start, Number.POSITIVE_INFINITY],
      [start, 1e200],
    ] as const)
      expect(() => young.score(series, time, value, false)).to.throw(RangeError);
    expect(series.points).to.deep.equal([]);
  });
});
