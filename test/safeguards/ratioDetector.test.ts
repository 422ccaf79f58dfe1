import { expect } from 'chai';
import fc from 'fast-check';
import { checkAnomalySpike } from '../../src/safeguards/checkAnomalySpike.ts';
import { createRatio, type RatioOptions, type RatioResult } from '../../src/safeguards/ratioDetector.ts';
import { mistyped } from '../support/typed.ts';

function judged(values: readonly number[], options: RatioOptions = {}): RatioResult[] {
  const detector = createRatio(options);
  const state = detector.start();
  return values.map((value, i) => detector.score(state, i * 60_000, value));
}

const firedAt = (results: readonly RatioResult[]): number[] => results.flatMap(({ fires }, i) => (fires ? [i] : []));

describe('createRatio', () => {
  it('asks checkAnomalySpike about the last buckets, unchanged', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 10 }), (all, window) => {
        const last = judged(all, { window, spikeMultiplier: 2, minBaseline: 1 }).at(-1)!;
        const check = checkAnomalySpike({ series: all.slice(-window - 1), spikeMultiplier: 2, minBaseline: 1 });
        expect(last.check).to.deep.equal(check);
        expect(last).to.include({ score: check.last, threshold: check.threshold, baseline: check.baselineMean });
      }),
    );
  });

  it('fires when the last bucket is above, not at, the multiple of the mean', () => {
    expect(firedAt(judged([10, 10, 10, 15], { window: 3 }))).to.deep.equal([]);
    expect(firedAt(judged([10, 10, 10, 15.1], { window: 3 }))).to.deep.equal([3]);
  });

  it('says nothing before its window is full', () => {
    const results = judged([1, 100, 1, 1, 100], { window: 4 });
    expect(results.map(({ warm }) => warm)).to.deep.equal([false, false, false, false, true]);
    expect(firedAt(results)).to.deep.equal([4]);
    expect(results[0]!.check).to.equal(null);
  });

  it('skips and counts every window with a negative value, and judges again when it has left', () => {
    const results = judged([5, 5, -1, 5, 5, 50, 5], { window: 2, quiet: 0 });
    expect(results.map(({ skipped }) => skipped)).to.deep.equal([0, 0, 1, 2, 3, 3, 3]);
    expect(results.map(({ check }) => check === null)).to.deep.equal([true, false, true, true, true, false, false]);
    expect(firedAt(results)).to.deep.equal([5]);
  });

  it('is quiet after an alarm', () => {
    const values = [1, 1, 9, 90, 900, 9000, 90_000];
    expect(firedAt(judged(values, { window: 2, quiet: 2 }))).to.deep.equal([2, 5]);
    expect(firedAt(judged(values, { window: 2, quiet: 0 }))).to.deep.equal([2, 3, 4, 5, 6]);
  });

  it('never changes a result when more data arrives, and goes on from its JSON', () => {
    const values = fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 80 });
    fc.assert(
      fc.property(values, fc.nat(80), (all, cut) => {
        const whole = judged(all, { window: 5 });
        expect(judged(all.slice(0, cut), { window: 5 })).to.deep.equal(whole.slice(0, cut));
        const detector = createRatio({ window: 5 });
        let state = detector.start();
        const resumed = all.map((value, i) => {
          if (i === cut) state = JSON.parse(JSON.stringify(state));
          return detector.score(state, i * 60_000, value);
        });
        expect(resumed).to.deep.equal(whole);
      }),
    );
  });

  it('keeps no more than its window', () => {
    const detector = createRatio({ window: 7 });
    const state = detector.start();
    for (let i = 0; i < 100; i += 1) detector.score(state, i, i);
    expect(state.values).to.deep.equal([92, 93, 94, 95, 96, 97, 98, 99]);
  });

  it('rejects what is not a finite number, and learns nothing from it', () => {
    const detector = createRatio();
    const state = detector.start();
    for (const bad of [NaN, Infinity, '5', null]) {
      expect(() => detector.score(state, 0, mistyped(bad))).to.throw(RangeError, /^value /);
    }
    expect(() => detector.score(state, NaN, 1)).to.throw(RangeError, /^time_ms /);
    expect(state).to.deep.equal(detector.start());
  });

  const options: [keyof RatioOptions, number][] = [
    ['window', 0],
    ['window', 2.5],
    ['window', 10_001],
    ['spikeMultiplier', 1],
    ['minBaseline', -1],
    ['quiet', -1],
    ['quiet', NaN],
  ];
  for (const [name, value] of options) {
    it(`rejects ${name} = ${value} by name`, () => {
      expect(() => createRatio({ [name]: value })).to.throw(RangeError, new RegExp(`^${name} `));
    });
  }
});
