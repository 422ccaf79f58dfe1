/** A baseline: the mean of the values that fell into the same slot of a repeating period, newer ones counting more. */
export interface BaselineSpec {
  name: string;
  /** Length of the repeating period in seconds; 0 for a plain mean without seasons. */
  period: number;
  /** Length of a slot in seconds. */
  slot: number;
  /** Weight of the newest value, in (0, 1]. */
  rate: number;
}

/** The JSON form of a baseline: a mean a slot, null where nothing was seen. */
export type BaselineState = (number | null)[];

/** An exponentially weighted mean a slot. Read before it learns, so that a value is never judged by itself. */
export class Baseline {
  readonly spec: BaselineSpec;
  readonly #means: Float64Array;

  constructor(spec: BaselineSpec, state?: BaselineState) {
    this.spec = spec;
    this.#means = new Float64Array(spec.period === 0 ? 1 : Math.ceil(spec.period / spec.slot)).fill(NaN);
    state?.forEach((mean, slot) => (this.#means[slot] = mean ?? NaN));
  }

  /** What is usual in the slot of this local time (seconds), or NaN where the slot is new; then learns the value. */
  expect(seconds: number, value: number): number {
    const slot = this.#findSlot(seconds);
    const mean = this.#means[slot]!;
    this.#means[slot] = Number.isNaN(mean) ? value : mean + this.spec.rate * (value - mean);
    return mean;
  }

  #findSlot(seconds: number): number {
    const { period, slot } = this.spec;
    if (period === 0) return 0;
    const within = seconds % period;
    return Math.floor((within < 0 ? within + period : within) / slot);
  }

  save(): BaselineState {
    return Array.from(this.#means, (mean) => (Number.isNaN(mean) ? null : mean));
  }
}
