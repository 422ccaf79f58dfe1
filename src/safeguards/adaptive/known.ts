/** Values kept in mind. More changes nothing that was measured, and each costs 16 bytes a view and series. */
const capacity = 64;
/** Within this share of its own deviation a value counts as one seen before: 98 and 100 are the same spike. */
const sameness = 0.05;

/** The JSON form of what is known. */
export interface KnownState {
  values: number[];
  seen: number[];
  count: number;
  gap: number;
}

/**
 * How new a value is: its distance to the nearest value that was seen before, less what counts as the same again.
 *
 * A threshold on size calls the twentieth nightly backup a spike and overlooks a value that lies, for the first time,
 * between two usual ones. The nearest neighbour (Cover and Hart 1967) sees both. To stay bounded it keeps a sketch:
 * a sorted list that covers what was seen; when full, the closest pair becomes one. A value not seen for `memory`
 * points is forgotten and would be new again.
 */
export class Known {
  readonly #values: Float64Array;
  /** The point at which each value was last seen, beside `#values`. */
  readonly #seen: Float64Array;
  readonly #memory: number;
  #size: number;
  #count: number;
  /** The smallest distance between neighbours in a full list: nothing nearer than this is worth a place. */
  #gap: number;

  constructor(memory: number, state?: KnownState) {
    this.#memory = memory;
    this.#values = new Float64Array(capacity + 1);
    this.#seen = new Float64Array(capacity + 1);
    this.#values.set(state?.values ?? []);
    this.#seen.set(state?.seen ?? []);
    this.#size = state?.values.length ?? 0;
    this.#count = state?.count ?? 0;
    this.#gap = state?.gap ?? 0;
  }

  /**
   * The novelty of a value, 0 or more in the value's own unit, then learns it.
   *
   * @param deviation how far the value lies from what is usual, in the same unit; 0 or more
   */
  novelty(value: number, deviation: number): number {
    this.#count += 1;
    const at = this.#nearest(value);
    if (at < 0) {
      this.#insert(0, value);
      return 0;
    }
    const distance = Math.abs(this.#values[at]! - value);
    const same = sameness * deviation;
    if (distance <= same / 2 || distance <= this.#gap) this.#seen[at] = this.#count;
    else this.#insert(this.#values[at]! < value ? at + 1 : at, value);
    return Math.max(0, distance - same);
  }

  /** Index of the nearest value that is not forgotten, or -1. Forgotten ones met on the way are removed. */
  #nearest(value: number): number {
    for (;;) {
      if (this.#size === 0) return -1;
      const right = this.#firstNotBelow(value);
      const left = right - 1;
      const toRight = right < this.#size ? this.#values[right]! - value : Infinity;
      const toLeft = left >= 0 ? value - this.#values[left]! : Infinity;
      const at = toLeft <= toRight ? left : right;
      if (this.#count - this.#seen[at]! <= this.#memory) return at;
      this.#remove(at);
      this.#gap = 0;
    }
  }

  /**
   * A binary search that always takes the same steps and adds or adds not by the bits of the comparison: guessing which
   * way a search in noise goes on costs a processor more than the search.
   */
  #firstNotBelow(value: number): number {
    const values = this.#values;
    let low = 0;
    let length = this.#size;
    while (length > 1) {
      const half = length >> 1;
      low += half & -(values[low + half - 1]! < value);
      length -= half;
    }
    return low + Number(values[low]! < value);
  }

  #insert(at: number, value: number): void {
    this.#values.copyWithin(at + 1, at, this.#size);
    this.#seen.copyWithin(at + 1, at, this.#size);
    this.#values[at] = value;
    this.#seen[at] = this.#count;
    this.#size += 1;
    if (this.#size > capacity) {
      const { left } = this.#closest();
      // of the closest pair the one seen longer ago goes: the other stands for both
      this.#remove(this.#seen[left]! <= this.#seen[left + 1]! ? left : left + 1);
      this.#gap = this.#closest().gap;
    }
  }

  #remove(at: number): void {
    this.#values.copyWithin(at, at + 1, this.#size);
    this.#seen.copyWithin(at, at + 1, this.#size);
    this.#size -= 1;
  }

  #closest(): { left: number; gap: number } {
    let left = 0;
    let gap = Infinity;
    for (let i = 1; i < this.#size; i += 1) {
      const distance = this.#values[i]! - this.#values[i - 1]!;
      if (distance < gap) {
        gap = distance;
        left = i - 1;
      }
    }
    return { left, gap };
  }

  save(): KnownState {
    const values = [...this.#values.subarray(0, this.#size)];
    return { values, seen: [...this.#seen.subarray(0, this.#size)], count: this.#count, gap: this.#gap };
  }
}
