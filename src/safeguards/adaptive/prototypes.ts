/** Vectors kept in mind. With half as many the benchmark's variants lose two points. */
const capacity = 64;
/** Room for so many is made at first. */
const first = 4;
/** How fast the radius shrinks, a point: what has been too coarse for long becomes finer again. */
const shrink = 1 - 1e-5;
/** How the radius grows with each vector that had no place: by a share of itself, and of how far the vector lay. */
const growth = 1.02;
const reach = 0.001;

/** The JSON form: vectors one after the other, the newest first. */
export interface PrototypesState {
  vectors: number[];
  radius: number;
}

/**
 * How far a vector lies from those seen before, in the unit of the series. To stay bounded it keeps prototypes: a vector
 * nearer than the radius to one of them stands for it, one farther away takes the place of the one not met for longest, and
 * the radius grows until few have to (online k-centre, Charikar et al., Incremental clustering and dynamic information
 * retrieval, 1997; distance to the nearest neighbour as novelty, Cover and Hart 1967).
 */
export class Prototypes {
  readonly #dimensions: number;
  /** Room for as many as there are, and some more: most series are short. */
  #vectors: Float64Array;
  /** Places in `#vectors`, the one met last first. */
  readonly #order = new Uint8Array(capacity);
  #size = 0;
  #radius = 0;
  /** Place in the order of the one nearest to the vector that was measured last; -1 when there was none. */
  #nearest = -1;
  #distance = 0;

  constructor(dimensions: number, state?: PrototypesState) {
    this.#dimensions = dimensions;
    this.#vectors = new Float64Array(Math.max(first * dimensions, state?.vectors.length ?? 0));
    if (!state) return;
    this.#vectors.set(state.vectors);
    this.#size = state.vectors.length / dimensions;
    this.#radius = state.radius;
    for (let i = 0; i < this.#size; i += 1) this.#order[i] = i;
  }

  /** First number of the prototype nearest to the vector that was measured last; 0 when there was none. */
  get nearestLevel(): number {
    return this.#nearest < 0 ? 0 : this.#vectors[this.#order[this.#nearest]! * this.#dimensions]!;
  }

  /**
   * Distance of a vector to the nearest prototype, 0 for the first vector of all. The search ends at the first that is
   * nearer than the radius and `enough`: nobody asks how near it is exactly.
   */
  measure(vector: Float64Array, enough: number): number {
    const stop = this.#size === capacity ? Math.min(this.#radius, enough) ** 2 : 0;
    const dimensions = this.#dimensions;
    let best = Number.POSITIVE_INFINITY;
    this.#nearest = -1;
    for (let k = 0; k < this.#size; k += 1) {
      const from = this.#order[k]! * dimensions;
      let sum = 0;
      for (let d = 0; d < dimensions; d += 1) {
        const difference = this.#vectors[from + d]! - vector[d]!;
        sum += difference * difference;
      }
      if (sum >= best) continue;
      best = sum;
      this.#nearest = k;
      if (best <= stop) break;
    }
    this.#distance = this.#nearest < 0 ? 0 : Math.sqrt(best);
    return this.#distance;
  }

  /** Learns the vector that was measured last. */
  learn(vector: Float64Array): void {
    if (this.#size < capacity) this.#found(vector);
    else if (this.#distance <= this.#radius) this.#toFront(this.#nearest);
    else {
      this.#toFront(capacity - 1);
      this.#vectors.set(vector.subarray(0, this.#dimensions), this.#order[0]! * this.#dimensions);
      this.#radius = growth * this.#radius + reach * this.#distance;
    }
    this.#radius *= shrink;
  }

  save(): PrototypesState {
    const vectors: number[] = [];
    for (let i = 0; i < this.#size; i += 1) {
      const from = this.#order[i]! * this.#dimensions;
      vectors.push(...this.#vectors.subarray(from, from + this.#dimensions));
    }
    return { vectors, radius: this.#radius };
  }

  #found(vector: Float64Array): void {
    const place = this.#size;
    if ((place + 1) * this.#dimensions > this.#vectors.length) this.#grow();
    this.#vectors.set(vector.subarray(0, this.#dimensions), place * this.#dimensions);
    this.#order[place] = place;
    this.#size += 1;
    this.#toFront(place);
    if (this.#size === capacity) this.#radius = this.#smallestGap();
  }

  #grow(): void {
    const before = this.#vectors;
    this.#vectors = new Float64Array(Math.min(capacity, 2 * this.#size) * this.#dimensions);
    this.#vectors.set(before);
  }

  #toFront(k: number): void {
    const place = this.#order[k]!;
    this.#order.copyWithin(1, 0, k);
    this.#order[0] = place;
  }

  /** The smallest distance between two of them. */
  #smallestGap(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let a = 0; a < this.#size; a += 1) {
      for (let b = 0; b < a; b += 1) {
        let sum = 0;
        for (let d = 0; d < this.#dimensions; d += 1)
          sum += (this.#vectors[a * this.#dimensions + d]! - this.#vectors[b * this.#dimensions + d]!) ** 2;
        least = Math.min(least, sum);
      }
    }
    return Math.sqrt(least);
  }
}
