/** What waits, first in, first out; taking from the front costs the same however much waits. */
export class Queue<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  add(item: T): void {
    this.#items.push(item);
  }

  /** The first one; undefined where none waits. */
  peek(): T | undefined {
    return this.#items[this.#head];
  }

  /** Takes the first one out. One must be there. */
  take(): T {
    const item = this.#items[this.#head] as T;
    // What has left is not held: a place may be as large as a thousand records.
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
