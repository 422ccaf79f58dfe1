interface Entry {
  time: number;
  key: string;
}

const before = (a: Entry, b: Entry) => a.time < b.time || (a.time === b.time && a.key < b.key);

/**
 * A binary heap of (time, key), smallest first. A key that is set again leaves its old entry behind, which is
 * dropped when it comes to the top; `current` tells which entry counts.
 */
export class DueHeap {
  #heap: Entry[] = [];
  readonly #current = new Map<string, number>();

  get nextTime(): number {
    return this.#heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  /** Sets (or with null clears) the due time of a key. */
  set(key: string, time: number | null): void {
    const old = this.#current.get(key);
    if (time === null) {
      if (old === undefined) return;
      this.#current.delete(key);
    } else {
      if (old === time) return;
      this.#current.set(key, time);
      this.#push({ time, key });
    }
    this.#dropStale();
    if (this.#heap.length > 64 && this.#heap.length > 4 * this.#current.size) this.#rebuild();
  }

  /** The due time of a key; null when it has none. */
  of(key: string): number | null {
    return this.#current.get(key) ?? null;
  }

  /** The key that is due first; undefined when none is. It stays until it is set again. */
  first(): Entry | undefined {
    return this.#heap[0];
  }

  #dropStale(): void {
    for (let top = this.#heap[0]; top && this.#current.get(top.key) !== top.time; top = this.#heap[0]) this.#pop();
  }

  #rebuild(): void {
    this.#heap = [];
    for (const [key, time] of this.#current) this.#push({ time, key });
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(entry, heap[up]!)) break;
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1]!, heap[down]!)) down += 1;
      if (!before(heap[down]!, last)) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = last;
  }
}
