/** Largest values a tail keeps: enough for a stable mean excess, few enough that an old outage is soon outnumbered. */
const kept = 33;
/** A score past this says nothing more; it also keeps one tail from outvoting all others. */
const ceiling = 50;
/**
 * Rarity is judged as if at most this many points were seen (a week of 5-minute buckets). Without a bound the same
 * value would look rarer the longer a series runs, and one threshold could not serve short and long series alike.
 */
const horizon = 2000;
/**
 * The mean excess is taken for at least this share of the threshold: where the largest values lie close together, as those
 * of a series that only grows do, an excess a little larger is no rarity.
 */
const floor = 0.5;
/** Below this factor the stored values are rescaled, long before doubles run out of range. */
const smallest = 1e-100;

/** The JSON form of a tail. */
export interface TailState {
  top: number[];
  sum: number;
  factor: number;
  count: number;
}

/**
 * How rare values are among those seen before, as -log10 of the tail probability, learned online. A row of tails that
 * are asked about the same points shares its clock: what all of them forget at the same pace is kept once.
 *
 * Peaks over threshold: the threshold u is the smallest of the largest values kept, the excess over it is taken as
 * exponential with the mean of the kept excesses s (at least u / 2), so P(X > x) = (kept / n) * exp(-(x - u) / s) (Pickands 1975, with
 * shape 0). At or below u the score is 0: the body of the distribution carries no evidence.
 *
 * Forgetting: every kept value shrinks by 1/memory a point, so a record that never comes again stops hiding smaller
 * ones. Costs O(kept) at most and nearly nothing for values below u.
 */
export class Tails {
  /** `kept` values a tail, smallest first, in stored units. */
  readonly #top: Float64Array;
  /** Sum of the kept values of each tail, in stored units. */
  readonly #sum: Float64Array;
  /** What is left of a kept value after one point. */
  readonly #shrink: number;
  /** True value = stored value * factor; shrinking one number is cheaper than shrinking all. */
  #factor: number;
  /** The factor before this point. */
  #before = 1;
  /** Points before this one, and with it. */
  #count = 0;
  #seen: number;

  constructor(memory: number, size: number, states: readonly TailState[] = []) {
    this.#shrink = 1 - 1 / memory;
    this.#top = new Float64Array(size * kept);
    this.#sum = new Float64Array(size);
    states.forEach(({ top, sum }, i) => {
      this.#top.set(top, i * kept);
      this.#sum[i] = sum;
    });
    this.#factor = states[0]?.factor ?? 1;
    this.#seen = states[0]?.count ?? 0;
  }

  /** A point begins; each tail is then asked once. */
  begin(): void {
    if (this.#factor < smallest) this.#rescale();
    this.#before = this.#factor;
    this.#factor = this.#before * this.#shrink;
    this.#count = this.#seen;
    this.#seen += 1;
  }

  /** Up to this value a score is 0. */
  usual(tail: number): number {
    return this.#count < kept ? 0 : this.#top[tail * kept]! * this.#factor;
  }

  /** Scores a value of 0 or more against what came before it, then learns it. Returns 0 to 50. */
  score(tail: number, value: number): number {
    // nearly every value: below what is kept, so neither rare nor worth keeping
    if (this.#count >= kept && value <= this.#top[tail * kept]! * this.#factor) return 0;
    const result = this.#judge(tail, value / this.#before);
    this.#learn(tail, value / this.#factor);
    return result;
  }

  #judge(tail: number, x: number): number {
    const u = this.#top[tail * kept]!;
    if (this.#count < kept || x <= u) return 0;
    // where all kept values are 0, any excess is as rare as can be known
    const excess = Math.max(this.#sum[tail]! / kept - u, floor * u, Number.MIN_VALUE);
    const seen = Math.min(this.#count, horizon);
    return Math.min(ceiling, Math.log10(seen / kept) + (x - u) / excess / Math.LN10);
  }

  #learn(tail: number, x: number): void {
    const top = this.#top;
    const first = tail * kept;
    if (this.#count < kept) {
      let i = first + this.#count;
      for (; i > first && top[i - 1]! > x; i -= 1) top[i] = top[i - 1]!;
      top[i] = x;
      this.#sum[tail]! += x;
    } else {
      this.#sum[tail]! += x - top[first]!;
      let i = first + 1;
      for (; i < first + kept && top[i]! < x; i += 1) top[i - 1] = top[i]!;
      top[i - 1] = x;
    }
  }

  #rescale(): void {
    for (let tail = 0; tail < this.#sum.length; tail += 1) {
      let sum = 0;
      for (let i = tail * kept; i < (tail + 1) * kept; i += 1) {
        this.#top[i] = this.#top[i]! * this.#factor;
        sum += this.#top[i]!;
      }
      this.#sum[tail] = sum;
    }
    this.#factor = 1;
  }

  save(): TailState[] {
    return Array.from(this.#sum, (sum, tail) => ({
      top: [...this.#top.subarray(tail * kept, (tail + 1) * kept)],
      sum,
      factor: this.#factor,
      count: this.#seen,
    }));
  }
}
