/** Records at which an operator failed, by the message that brought them and their place in it, with what it failed with. */
export class Suspects<T> {
  readonly #all = new Map<number, Map<number, T>>();

  add(n: number, place: number, failure: T): void {
    this.#all.set(n, (this.#all.get(n) ?? new Map<number, T>()).set(place, failure));
  }

  has(n: number): boolean {
    return this.#all.has(n);
  }

  /** Those of a message; undefined where there are none. */
  of(n: number): ReadonlyMap<number, T> | undefined {
    return this.#all.get(n);
  }

  /** Nobody goes back to that message, nor to those before it. */
  forget(upTo: number): void {
    for (const n of this.#all.keys()) if (n <= upTo) this.#all.delete(n);
  }
}
