import { expect } from 'chai';
import { logBeta } from '../../../src/memory/rates/logBeta.ts';
import { logGamma } from '../../../src/memory/rates/logGamma.ts';

/** P(X <= k) of a negative binomial, summed term by term. */
function cumulative(k: number, size: number, success: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logGamma(i + size) - logGamma(size) - logGamma(i + 1) + size * Math.log(success) + i * Math.log(1 - success));
  }
  return sum;
}

describe('logGamma', () => {
  it('gives factorials and the square root of pi', () => {
    expect(Math.exp(logGamma(6))).to.be.closeTo(120, 1e-9);
    expect(Math.exp(logGamma(0.5))).to.be.closeTo(Math.sqrt(Math.PI), 1e-12);
    expect(logGamma(1000)).to.be.closeTo(5905.220423209181, 1e-8);
    expect(Math.exp(logGamma(0.01))).to.be.closeTo(99.43258511915, 1e-6);
  });
});

describe('logBeta', () => {
  it('is the sum of the negative binomial, in both tails', () => {
    for (const size of [0.3, 1, 4, 50]) {
      for (const success of [0.05, 0.5, 0.95]) {
        for (const k of [0, 1, 5, 40, 200]) {
          expect(Math.exp(logBeta(success, size, k + 1)), `${size} ${success} ${k}`).to.be.closeTo(cumulative(k, size, success), 1e-9);
        }
      }
    }
  });

  it('keeps the logarithm finite where the value would underflow', () => {
    expect(logBeta(1e-3, 200, 5))
      .to.be.below(-700)
      .and.above(-2000);
  });

  it('is certain at 1 and impossible at 0', () => {
    expect([logBeta(1, 2, 3), logBeta(0, 2, 3)]).to.deep.equal([0, Number.NEGATIVE_INFINITY]);
  });

  it('mirrors itself: I_x(a, b) + I_1-x(b, a) = 1', () => {
    for (const [x, a, b] of [
      [0.2, 3, 7],
      [0.7, 0.4, 2],
      [0.5, 120, 80],
    ] as const) {
      expect(Math.exp(logBeta(x, a, b)) + Math.exp(logBeta(1 - x, b, a))).to.be.closeTo(1, 1e-9);
    }
  });
});
