/** What a pattern gave in its last windows, the newest last: bits against chance, and the end of the newest, milliseconds. */
export interface Run {
  end: number;
  bits: number[];
}

/** Windows that are taken together, at most. */
const MOST_WINDOWS = 6;
/** Weight of all lengths of more than one window together: they cost so much more chance than one window alone. */
const LONGER = 0.2;
/** A run begins with a window of so many bits. */
const BEGINS = 3;

/**
 * A run with one window more; null where nothing has begun, or nothing is left of it. Windows in between gave nothing.
 * @param width milliseconds of a window
 */
export function goOn(run: Run | null, { end, width, bits }: { end: number; width: number; bits: number }): Run | null {
  // Most patterns give little in most windows: nothing is made for them.
  if (run === null && bits < BEGINS) return null;
  const between = run ? Math.min(MOST_WINDOWS, Math.max(0, Math.round((end - run.end) / width) - 1)) : 0;
  const all = [...(run?.bits ?? []), ...Array.from({ length: between }, () => 0), bits].slice(-MOST_WINDOWS);
  return all.some((one) => one >= BEGINS) ? { end, bits: all } : null;
}

/**
 * Bits against chance of the last windows of a run: of the newest alone, or of several together, whichever says more. Those of
 * several are combined by Fisher's method (1932): under chance the sum of k values of -ln p has a gamma distribution of shape
 * k. What it costs to try several lengths is taken off them.
 */
export function combinedBits({ bits }: Run): number {
  let most = 0;
  let sum = 0;
  for (let k = 1; k <= bits.length; k += 1) {
    sum += bits.at(-k)!;
    const weight = k === 1 ? 1 : LONGER / (MOST_WINDOWS - 1);
    most = Math.max(most, sum - Math.log2(gammaSum(sum * Math.LN2, k)) + Math.log2(weight));
  }
  return most;
}

/** The sum by which the tail of a gamma distribution of a whole shape is more than exp(-x). */
function gammaSum(x: number, shape: number): number {
  let sum = 0;
  for (let i = 0, term = 1; i < shape; i += 1, term *= x / i) sum += term;
  return sum;
}
