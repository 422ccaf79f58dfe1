import { expect } from 'chai';
import { checkAnomalySpike, type SpikeInput } from '../../src/safeguards/checkAnomalySpike.ts';
import { mistyped } from '../support/typed.ts';

const calm = { series: [10, 20, 30, 20] };

describe('checkAnomalySpike', () => {
  it('carries the inputs, defaults included, beside the verdict', () => {
    expect(checkAnomalySpike(calm)).to.deep.equal({
      series: [10, 20, 30, 20],
      spikeMultiplier: 1.5,
      minBaseline: 0,
      last: 20,
      baselineMean: 20,
      threshold: 30,
      isSpike: false,
    });
  });

  it('freezes its result and the copy of the series in it', () => {
    const series = [1, 2];
    const result = checkAnomalySpike({ series });
    series[0] = 99;
    expect(result).to.be.frozen;
    expect(result.series).to.be.frozen;
    expect(result.series).to.deep.equal([1, 2]);
  });

  const comparisons: [series: number[], multiplier: number, minimum: number, threshold: number, isSpike: boolean][] = [
    [[10, 15], 1.5, 0, 15, false],
    [[10, 15.000001], 1.5, 0, 15, true],
    [[10, 14.999999], 1.5, 0, 15, false],
    [[0, 0], 1.5, 0, 0, false],
    [[0, Number.MIN_VALUE], 1.5, 0, 0, true],
    [[0, 0, 15], 1.5, 10, 15, false],
    [[0, 0, 15.1], 1.5, 10, 15, true],
    [[10, 10, 15.1], 1.5, 10, 15, true],
    [[20, 20, 30], 1.5, 10, 30, false],
    [[4, 8], 2, 0, 8, false],
    [[4, 9], 2, 0, 8, true],
    [[4, 4.1], 1.000001, 0, 4.000004, true],
    [[100, 0], 1.5, 0, 150, false],
  ];
  for (const [series, spikeMultiplier, minBaseline, threshold, isSpike] of comparisons) {
    it(`[${series.join(', ')}] times ${spikeMultiplier}, at least ${minBaseline}: ${isSpike ? 'a spike' : 'no spike'}`, () => {
      const result = checkAnomalySpike({ series, spikeMultiplier, minBaseline });
      expect(result.isSpike).to.equal(isSpike);
      expect(result.threshold).to.be.closeTo(threshold, 1e-9);
    });
  }

  it('adds from left to right in double precision', () => {
    const left = [1e16, 1, 1, 5];
    expect(checkAnomalySpike({ series: left }).baselineMean).to.equal((1e16 + 1 + 1) / 3);
    expect(checkAnomalySpike({ series: [1, 1, 1e16, 5] }).baselineMean).to.equal((1 + 1 + 1e16) / 3);
    expect((1e16 + 1 + 1) / 3).to.not.equal((1 + 1 + 1e16) / 3);
  });

  for (const series of [[], [1], 'abc', null, undefined, 5, { length: 2 }]) {
    it(`rejects ${JSON.stringify(series)} as a series`, () => {
      expect(() => checkAnomalySpike(mistyped({ series }))).to.throw(RangeError, /^series /);
    });
  }

  for (const bad of [-1, -Number.MIN_VALUE, NaN, Infinity, -Infinity, '3', null, undefined, 3n]) {
    it(`rejects ${String(bad)} (${typeof bad}) anywhere in the series, naming its place`, () => {
      const at = (series: unknown[]) => () => checkAnomalySpike(mistyped({ series }));
      expect(at([bad, 1, 2])).to.throw(RangeError, 'series[0] ');
      expect(at([1, bad, 2])).to.throw(RangeError, 'series[1] ');
      expect(at([1, 2, bad])).to.throw(RangeError, 'series[2] ');
    });
  }

  const outside: [keyof SpikeInput, number[]][] = [
    ['spikeMultiplier', [1, 0.5, 0, -2]],
    ['minBaseline', [-1, -Number.MIN_VALUE]],
  ];
  for (const [name, values] of outside) {
    for (const value of [...values, NaN, Infinity, -Infinity, '2', null, 2n]) {
      it(`rejects ${name} = ${typeof value} ${String(value)} by name`, () => {
        const input = { ...calm, [name]: value };
        expect(() => checkAnomalySpike(mistyped(input))).to.throw(RangeError, new RegExp(`^${name} `));
      });
    }
  }
});
