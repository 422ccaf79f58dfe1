/** A name with the lines it stood in, at most, and how many of them may have been another's. */
export type NameCount = [name: string, count: number, error: number];

export type SavedCounts = [lines: number, at: number, names: NameCount[]];

/**
 * In how many lines of some each name stood, in bounded room (space-saving, Metwally 2005): the least counted makes place for
 * one that is not held, which takes over its count as what it may be wrong by. Of what is older less counts, where it is asked.
 */
export class NameCounts {
  lines = 0;
  /** Event time up to which its lines have faded, milliseconds. */
  #at = Number.NEGATIVE_INFINITY;
  readonly #most: number;
  readonly #held = new Map<string, NameCount>();

  constructor(most: number) {
    this.#most = most;
  }

  /** A line with these names, each once. */
  add(names: readonly string[]): void {
    this.lines += 1;
    for (const name of names) this.#count(name, 1, 0);
  }

  /** Takes in the lines of another. */
  take(other: NameCounts): void {
    this.lines += other.lines;
    for (const [name, count, error] of other.#held.values()) this.#count(name, count, error);
  }

  /** What was counted up to now counts half after each `halfLife`, milliseconds. */
  fade(time: number, halfLife: number): void {
    if (time <= this.#at) return;
    const rest = this.#at === Number.NEGATIVE_INFINITY ? 1 : 2 ** ((this.#at - time) / halfLife);
    this.#at = time;
    this.lines *= rest;
    for (const one of this.#held.values()) {
      one[1] *= rest;
      one[2] *= rest;
    }
  }

  /** The largest share of the lines that may have had the name, 0 to 1; 0 without lines. */
  share(name: string): number {
    if (this.lines === 0) return 0;
    const count = this.#held.get(name)?.[1] ?? (this.#held.size < this.#most ? 0 : this.#least()[1]);
    return Math.min(1, count / this.lines);
  }

  /** Names with the lines they surely stood in, in no order. */
  sure(): [name: string, count: number][] {
    return [...this.#held.values()].map(([name, count, error]) => [name, count - error]);
  }

  save(): SavedCounts {
    return [this.lines, this.#at === Number.NEGATIVE_INFINITY ? 0 : this.#at, [...this.#held.values()].map((one): NameCount => [...one])];
  }

  static load([lines, at, names]: SavedCounts, most: number): NameCounts {
    const counts = new NameCounts(most);
    counts.lines = lines;
    counts.#at = at === 0 ? Number.NEGATIVE_INFINITY : at;
    for (const one of names) counts.#held.set(one[0], [...one]);
    return counts;
  }

  #count(name: string, count: number, error: number): void {
    const known = this.#held.get(name);
    if (known) {
      known[1] += count;
      known[2] += error;
      return;
    }
    let taken = 0;
    if (this.#held.size >= this.#most) {
      const [rarest, least] = this.#least();
      taken = least;
      this.#held.delete(rarest);
    }
    this.#held.set(name, [name, taken + count, taken + error]);
  }

  #least(): NameCount {
    let least: NameCount | undefined;
    for (const one of this.#held.values()) if (least === undefined || one[1] < least[1]) least = one;
    return least!;
  }
}
