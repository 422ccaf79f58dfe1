import type { Bits } from '../../signal.ts';

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
 * salience = max(surprise, burst) + novelty + severity + together, in bits, all of one window. Surprise and burst look at
 * the same counts, so only the larger is added.
 */
export function addBits(terms: Terms): Bits {
  return { ...terms, total: Math.max(terms.surprise, terms.burst) + terms.novelty + terms.severity + terms.together };
}

/** Score of so many bits, 0 to 100: 100 (1 - 2^(-bits / 10)), to one decimal. */
export function computeScore(totalBits: number): number {
  return Math.round(1000 * (1 - 2 ** (-Math.max(0, totalBits) / SCALE))) / 10;
}
