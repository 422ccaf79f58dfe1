/** Largest values a tail keeps: enough for a stable mean excess, few enough that an old outage is soon outnumbered. */
const kept = 33;
/** A score past this says nothing more; it also keeps one tail from outvoting all others. */
const ceiling = 50;
/**
 * Rarity is judged as if at most this many points were seen (a week of 5-minute buckets). Without a bound the same
 * value would look rarer the longer a series runs, and one threshold could not serve short and long series alike.
 */
const horizon = 2000;
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
 * How rare a value is among those seen before, as -log10 of its tail probability, learned online.
 *
 * Peaks over threshold: the threshold u is the smallest of the largest values kept, the excess over it is taken as
 * exponential with the mean of the kept excesses s, so P(X > x) = (kept / n) * exp(-(x - u) / s) (Pickands 1975, with
 * shape 0). At or below u the score is 0: the body of the distribution carries no evidence.
 *
 * Forgetting: every kept value shrinks by 1/memory a point, so a record that never comes again stops hiding smaller
 * ones. Costs O(kept) at most and nearly nothing for values below u.
 */
export class Tail {
  readonly #top: Float64Array;
  /** What is left of a kept value after one point. */
  readonly #shrink: number;
  /** Sum of the kept values, in stored units. */
  #sum: number;
  /** True value = stored value * factor; shrinking one number is cheaper than shrinking all. */
  #factor: number;
  #count: number;

  constructor(memory: number, state?: TailState) {
    this.#shrink = 1 - 1 / memory;
    this.#top = new Float64Array(kept);
    this.#top.set(state?.top ?? []);
    this.#sum = state?.sum ?? 0;
    this.#factor = state?.factor ?? 1;
    this.#count = state?.count ?? 0;
  }

  /** Scores a value of 0 or more against what came before it, then learns it. Returns 0 to 50. */
  score(value: number): number {
    if (this.#factor < smallest) this.#rescale();
    const before = this.#factor;
    this.#factor = before * this.#shrink;
    // nearly every value: below what is kept, so neither rare nor worth keeping
    if (this.#count >= kept && value <= this.#top[0]! * this.#factor) {
      this.#count += 1;
      return 0;
    }
    const result = this.#judge(value / before);
    this.#learn(value / this.#factor);
    return result;
  }

  #judge(x: number): number {
    const u = this.#top[0]!;
    if (this.#count < kept || x <= u) return 0;
    // when all kept values are equal the mean excess is 0: any excess is then as rare as can be told
    const excess = Math.max(this.#sum / kept - u, 1e-9 * u, Number.MIN_VALUE);
    const seen = Math.min(this.#count, horizon);
    return Math.min(ceiling, Math.log10(seen / kept) + (x - u) / excess / Math.LN10);
  }

  #learn(x: number): void {
    const top = this.#top;
    if (this.#count < kept) {
      let i = this.#count;
      for (; i > 0 && top[i - 1]! > x; i -= 1) top[i] = top[i - 1]!;
      top[i] = x;
      this.#sum += x;
    } else {
      this.#sum += x - top[0]!;
      let i = 1;
      for (; i < kept && top[i]! < x; i += 1) top[i - 1] = top[i]!;
      top[i - 1] = x;
    }
    this.#count += 1;
  }

  #rescale(): void {
    this.#sum = 0;
    for (let i = 0; i < kept; i += 1) {
      this.#top[i] = this.#top[i]! * this.#factor;
      this.#sum += this.#top[i]!;
    }
    this.#factor = 1;
  }

  save(): TailState {
    return { top: [...this.#top], sum: this.#sum, factor: this.#factor, count: this.#count };
  }
}
