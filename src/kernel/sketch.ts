/** Keys a part of the sketch follows. */
const FOLLOWED = 64;
/** Event time in which a key must come so often, milliseconds. */
const WITHIN = 3_600_000;
const OFTEN = 3;

/** A key that is followed: when the first of the times that count came, how many there were, and how many may be another's. */
type Entry = [since: number, count: number, error: number];

export type SavedSketch = [key: string, entry: Entry][];

/**
 * Which of the keys that have no state of their own come often, in bounded room (space-saving, Metwally 2005): the least
 * counted makes place for one that is not followed, which takes over its count as what it may be wrong by.
 */
export class Sketch {
  readonly #entries = new Map<string, Entry>();

  /** Counts a key. True when it has surely come three times within the hour. */
  add(key: string, time: number): boolean {
    const known = this.#entries.get(key);
    if (known && time - known[0] < WITHIN) known[1] += 1;
    else this.#follow(key, time);
    const [, count, error] = this.#entries.get(key)!;
    return count - error >= OFTEN;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  save(): SavedSketch {
    return [...this.#entries].map(([key, entry]) => [key, [...entry]]);
  }

  load(saved: SavedSketch): void {
    for (const [key, entry] of saved) this.#entries.set(key, [...entry]);
  }

  #follow(key: string, time: number): void {
    this.#entries.delete(key);
    let error = 0;
    if (this.#entries.size >= FOLLOWED) {
      let least: string | undefined;
      for (const [other, [, count]] of this.#entries) if (least === undefined || count < this.#entries.get(least)![1]) least = other;
      error = this.#entries.get(least!)![1];
      this.#entries.delete(least!);
    }
    this.#entries.set(key, [time, error + 1, error]);
  }
}
