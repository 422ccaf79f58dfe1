import type { Bits } from '../../signal.ts';

/** Event time after which what was last seen counts half: six hours. */
const HALF_LIFE = 6 * 3_600_000;
/** Bits that make half of the full score. */
const SCALE = 10;

export interface Terms {
  surprise: number;
  burst: number;
  novelty: number;
  severity: number;
  together: number;
}

/**
 * How much of the bits is left when the topic was last seen `ageMs` ago: 2^(-age / 6h). Where windows are longer than
 * that, one window halves: what came in the window that is shown is never worth less than half.
 */
export function ageFactorOf(ageMs: number, windowMs = 0): number {
  return 2 ** (-Math.max(0, ageMs) / Math.max(HALF_LIFE, windowMs));
}

/**
 * salience = (max(surprise, burst) + novelty + severity + together) * 2^(-age / 6h), in bits.
 * Surprise and burst look at the same counts, so only the larger is added.
 */
export function bitsOf(terms: Terms, ageFactor: number): Bits {
  const sum = Math.max(terms.surprise, terms.burst) + terms.novelty + terms.severity + terms.together;
  return { ...terms, age_factor: ageFactor, total: sum * ageFactor };
}

/** Score of so many bits, 0 to 100: 100 (1 - 2^(-bits / 10)), to one decimal. */
export function scoreOf(totalBits: number): number {
  return Math.round(1000 * (1 - 2 ** (-Math.max(0, totalBits) / SCALE))) / 10;
}
