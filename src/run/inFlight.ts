/** What a run waits for, by component: what there is to say when it takes too long. */
export class InFlight {
  readonly #waits = new Map<object, { component: string; doing: string; since: number }>();
  readonly #now: () => number;

  /** @param now a clock, milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The outcome of some work of a component, known while it goes on. */
  async during<T>(component: string, doing: string, work: () => Promise<T>): Promise<T> {
    const token = {};
    this.#waits.set(token, { component, doing, since: this.#now() });
    try {
      return await work();
    } finally {
      this.#waits.delete(token);
    }
  }

  /** One phrase each: `sink slow: writing 812 signals for 31 s`. */
  describe(): string[] {
    const now = this.#now();
    return [...this.#waits.values()].map(
      ({ component, doing, since }) => `${component}: ${doing} for ${Math.round((now - since) / 1000)} s`,
    );
  }
}
