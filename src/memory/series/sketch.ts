import type { NumberKind } from './readNumber.ts';

/** Bins a factor e: each is about a tenth of its value wide. */
const BINS = 10;
/** What is told apart near zero: a whole for counts, a thousandth for the rest (of a millisecond for durations). */
const scales: Readonly<Record<NumberKind, number>> = { integer: 1, size: 1, decimal: 1000, duration: 1000 };

/** A value on the scale on which series are judged: equal steps are equal factors, but near zero. */
export const toScale = (value: number, kind: NumberKind): number => Math.sign(value) * Math.log1p(Math.abs(value) * scales[kind]);

/** The value back. */
export const fromScale = (at: number, kind: NumberKind): number => (Math.sign(at) * Math.expm1(Math.abs(at))) / scales[kind];

/**
 * Values counted in bins of equal factors: quantiles to about a twentieth, whatever their number, and no value kept. Fewer than
 * a thousand bins hold all numbers there are.
 */
export interface Sketch {
  count: number;
  bins: Map<number, number>;
}

export const startSketch = (): Sketch => ({ count: 0, bins: new Map() });

/** Bins of the counts that most numbers are. */
const small = Uint8Array.from({ length: 1024 }, (_, value) => Math.round(toScale(value, 'integer') * BINS));

export function addValue(sketch: Sketch, value: number, kind: NumberKind): void {
  const bin = (kind === 'integer' ? small[value] : undefined) ?? Math.round(toScale(value, kind) * BINS);
  sketch.count += 1;
  sketch.bins.set(bin, (sketch.bins.get(bin) ?? 0) + 1);
}

/** Takes in what another sketch holds. */
export function addSketch(into: Sketch, from: Sketch): void {
  into.count += from.count;
  for (const [bin, count] of from.bins) into.bins.set(bin, (into.bins.get(bin) ?? 0) + count);
}

/** Where on the scale the value lies below which these shares of all lie, rising; the sketch holds at least one. */
export function quantiles(sketch: Sketch, shares: readonly number[]): number[] {
  const bins = [...sketch.bins].sort(([a], [b]) => a - b);
  let at = 0;
  let below = bins[0]![1];
  return shares.map((share) => {
    while (below < share * sketch.count && at < bins.length - 1) below += bins[++at]![1];
    return bins[at]![0] / BINS;
  });
}

export type SavedSketch = { count: number; bins: [number, number][] };

export const saveSketch = ({ count, bins }: Sketch): SavedSketch => ({ count, bins: [...bins] });
export const loadSketch = ({ count, bins }: SavedSketch): Sketch => ({ count, bins: new Map(bins) });
