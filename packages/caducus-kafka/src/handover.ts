/** Hands items from one that gives to one that takes, one at a time: who gives waits until the last was taken. */
export class Handover<T> {
  #item: { value: T } | null = null;
  #failure: { error: unknown } | null = null;
  #isOver = false;
  #changed = new Set<() => void>();

  /** Puts an item there once there is room; false when nobody takes any more. `waiting` is called while there is none, with the next change. */
  async give(value: T, waiting: (change: Promise<void>) => Promise<void>): Promise<boolean> {
    while (this.#item !== null && !this.#isOver) await waiting(this.#untilChange());
    if (this.#isOver) return false;
    this.#item = { value };
    this.#change();
    return true;
  }

  /** The next item; null after the end. Rejects with what went wrong. What was given before comes first. */
  async take(): Promise<T | null> {
    for (;;) {
      const item = this.#item;
      if (item !== null) {
        this.#item = null;
        this.#change();
        return item.value;
      }
      if (this.#failure) throw this.#failure.error;
      if (this.#isOver) return null;
      await this.#untilChange();
    }
  }

  /** Nothing is given any more. */
  end(): void {
    this.#isOver = true;
    this.#change();
  }

  /** As `end`, and who takes hears of it; nothing where the end was before. */
  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#failure = { error };
    this.end();
  }

  #untilChange(): Promise<void> {
    return new Promise((resolve) => this.#changed.add(resolve));
  }

  #change(): void {
    const waiting = this.#changed;
    this.#changed = new Set();
    for (const resolve of waiting) resolve();
  }
}
