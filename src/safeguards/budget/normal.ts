/** Half of an 80 % interval of the normal distribution, in standard deviations: its 90th percentile. */
export const z80 = 1.2815515655446004;

/**
 * Distribution function of the standard normal.
 * Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17; absolute error below 7.5e-8.
 */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
  const upper = tail * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - upper : upper;
}
