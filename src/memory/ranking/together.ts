import type { Bits, RateState } from '../../signal.ts';
import { logGamma } from '../rates/logGamma.ts';
import { MOVED } from '../judge/stateWord.ts';
import { CHANCE } from '../rates/surprise.ts';

/** How often topics move at all, faded. Plain data. */
export interface MoveRate {
  /** Topics that moved, and topics that were seen, in past windows. */
  moved: number;
  seen: number;
  windows: number;
}

/** Windows after which the past counts half. */
const HALF_LIFE = 288;
/** Windows before the rate is trusted: at first everything moves. */
const LEAST_WINDOWS = 3;
const MOST = 8;

export function startMoves(): MoveRate {
  return { moved: 0, seen: 0, windows: 0 };
}

/** A topic has moved when its state says so and enough bits stand behind it: at a cold start everything is new. */
export function hasMoved(state: RateState, bits: Pick<Bits, 'surprise' | 'burst' | 'novelty'>): boolean {
  return state !== 'steady' && ownBits(bits) >= MOVED;
}

/** What a pattern shows by itself, without its severity. */
export const ownBits = ({ surprise, burst, novelty }: Pick<Bits, 'surprise' | 'burst' | 'novelty'>): number =>
  Math.max(surprise, burst, novelty);

/**
 * Bits of co-occurrence for a topic that moved beside `others` of `among` topics: -log2 of the chance that so many
 * move by themselves, Poisson at the rate they usually do, less what chance is allowed. At most 8; 0 while the usual is not known.
 */
export function togetherBits(rate: MoveRate, others: number, among: number): number {
  if (others === 0 || rate.windows < LEAST_WINDOWS) return 0;
  const expected = (among * (rate.moved + 0.5)) / (rate.seen + 1);
  return Math.min(MOST, Math.max(0, -Math.log2(poissonTail(others, expected)) - CHANCE));
}

/** Folds a window after it was judged. */
export function updateMoves(rate: MoveRate, moved: number, seen: number): void {
  const fade = 2 ** (-1 / HALF_LIFE);
  rate.moved = rate.moved * fade + moved;
  rate.seen = rate.seen * fade + seen;
  rate.windows = Math.min(LEAST_WINDOWS, rate.windows + 1);
}

/** P(X >= count) for a Poisson of that mean, count >= 1. */
function poissonTail(count: number, mean: number): number {
  // Far above the mean the terms fall from the first on and are summed; else the complement is.
  let term = Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
  if (count > mean) {
    let sum = 0;
    for (let k = count; term > sum * 1e-12; k++) {
      sum += term;
      term *= mean / (k + 1);
    }
    return Math.min(1, Math.max(sum, Number.MIN_VALUE));
  }
  let below = 0;
  for (let k = count - 1; k >= 0; k--) {
    term *= (k + 1) / mean;
    below += term;
  }
  return Math.max(0, Math.min(1, 1 - below));
}
