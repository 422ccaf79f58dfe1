import { logGamma } from './logGamma.ts';

const ITERATIONS = 500;
const PRECISION = 1e-12;
/** Keeps a denominator of the continued fraction from zero. */
const TINY = 1e-300;

/**
 * Natural logarithm of the regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 <= x <= 1.
 * Far tails stay finite where the value itself would underflow.
 */
export function logBeta(x: number, a: number, b: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (x >= 1) return 0;
  // The fraction converges fast on one side of the mean; the other side is its complement.
  if (x <= (a + 1) / (a + b + 2)) return Math.min(0, direct(x, a, b));
  return Math.log1p(-Math.min(1, Math.exp(direct(1 - x, b, a))));
}

function direct(x: number, a: number, b: number): number {
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return front + Math.log(fraction(x, a, b) / a);
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= ITERATIONS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return result;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
