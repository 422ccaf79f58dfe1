import type { NumberKind } from '../series/readNumber.ts';
import { fromScale, quantiles, type Sketch } from '../series/sketch.ts';

const SHARES = [0.5, 0.95] as const;
const NAMES = ['p50', 'p95'] as const;
/** Values that a side must have before its numbers are compared. */
const LEAST_VALUES = 20;
/** The factor by which a quantile must have moved, and that from which on the move counts in full. */
const LEAST_FACTOR = Math.log(1.25);
const FULL_FACTOR = Math.log(3);
/** Bits that it must have, and the most that are given: beyond lies only how many numbers there were. */
const LEAST_BITS = 8;
const MOST_BITS = 24;
/** Standard deviations between the quantiles of a normal spread, and how much the two of n values scatter: 1.25 and 2.1 over sqrt(n). */
const QUANTILE_GAP = 1.645;
const SCATTER = [1.25, 2.1] as const;
/** Half a bin of a sketch: nothing is known more exactly. */
const LEAST_SPREAD = 0.05;
/** Share of changes upwards from which on numbers only count up, and share of values that are not the one before, below which they are a name. */
const COUNTER = 0.97;
const NAME = 0.05;

/** The numbers of one slot on one side, and how they went from one to the next. */
export interface Numbers {
  sketch: Sketch;
  changes: number;
  rises: number;
}

/** How the numbers of a slot moved. */
export interface NumberMove {
  quantile: 'p50' | 'p95';
  before: number;
  after: number;
  factor: number;
  bits: number;
}

/** Numbers that say how much: neither a place in a sequence nor a name that is hardly ever another. */
const areAmounts = ({ sketch, changes, rises }: Numbers): boolean =>
  rises < COUNTER * Math.max(changes, 30) && changes >= NAME * sketch.count;

/** The move of the middle or, where that did not move as far, of the tail; null where neither did, or too little is known. */
export function judgeNumbers(before: Numbers, after: Numbers, kind: NumberKind): NumberMove | null {
  if (before.sketch.count < LEAST_VALUES || after.sketch.count < LEAST_VALUES) return null;
  if (!areAmounts(before) && !areAmounts(after)) return null;
  const [was, is] = [quantiles(before.sketch, SHARES), quantiles(after.sketch, SHARES)];
  const spread = ([median, tail]: number[]) => Math.max(LEAST_SPREAD, (tail! - median!) / QUANTILE_GAP);
  const moves = NAMES.map((quantile, q): NumberMove | null => {
    const off = is[q]! - was[q]!;
    if (Math.abs(off) < LEAST_FACTOR) return null;
    const noise = SCATTER[q]! * Math.hypot(spread(was) / Math.sqrt(before.sketch.count), spread(is) / Math.sqrt(after.sketch.count));
    const bits = Math.min(MOST_BITS, normalBits(Math.abs(off) / noise)) * Math.min(1, Math.abs(off) / FULL_FACTOR);
    if (bits < LEAST_BITS * Math.min(1, Math.abs(off) / FULL_FACTOR)) return null;
    return { quantile, before: fromScale(was[q]!, kind), after: fromScale(is[q]!, kind), factor: Math.exp(off), bits };
  });
  const [median, tail] = moves;
  return median && (!tail || median.bits >= tail.bits / 2) ? median : (tail ?? null);
}

/** -log2 of the two-sided tail of a normal spread at `z` deviations, by its usual bound. */
const normalBits = (z: number): number => Math.max(0, (z * z) / 2 / Math.LN2 + Math.log2(Math.max(1, z * Math.sqrt(Math.PI / 2))));
