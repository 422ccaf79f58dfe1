import type { Signal } from '../../signal.ts';
import { isBefore, type Placed } from './placed.ts';
import type { SortedRuns } from './sortedRuns.ts';

/** Characters that wait in memory at most; beyond, they go to disk in sorted runs. */
const mostCharacters = 64 * 2 ** 20;

/** What a record takes, in characters, roughly. */
function estimateSize(record: Signal): number {
  if (record.kind !== 'event') return 600;
  const { text, metadata } = record.event;
  let size = 300 + text.length;
  for (const key in metadata) {
    const value = metadata[key];
    size += typeof value === 'string' ? value.length + 20 : 40;
  }
  return size;
}

/** A record in memory, with the characters it takes. */
interface Waiting extends Placed {
  size: number;
}

/** Records that wait for their turn: the first of all is at hand. In memory up to a bound, then on disk, as sort(1) does. */
export class ReorderBuffer {
  /** A binary heap, the first at its top. */
  #heap: Waiting[] = [];
  #characters = 0;
  readonly #runs: SortedRuns | null;
  readonly #most: number;
  /** The disk took no more. */
  #noRoom = false;

  /** @param runs where surplus goes; null keeps none */
  constructor(runs: SortedRuns | null = null, most = mostCharacters) {
    this.#runs = runs;
    this.#most = most;
  }

  /** Records that wait. */
  get waiting(): number {
    return this.#heap.length + (this.#runs?.count ?? 0);
  }

  /** More waits than there is room for: the first must go on before its time. */
  get isFull(): boolean {
    return this.#characters > this.#most;
  }

  push(given: Placed): void {
    const heap = this.#heap;
    const { time, stream, place, record } = given;
    const one: Waiting = { time, stream, place, record, size: estimateSize(record) };
    this.#characters += one.size;
    let at = heap.length;
    heap.push(one);
    for (let parent = (at - 1) >> 1; at > 0 && isBefore(one, heap[parent]!); parent = (at - 1) >> 1) {
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = one;
    if (this.isFull && !this.#noRoom) this.#spill();
  }

  /** The first of all; null when none waits. */
  least(): Placed | null {
    const [first = null] = this.#heap;
    const spilled = this.#runs?.least() ?? null;
    return spilled !== null && (first === null || isBefore(spilled, first)) ? spilled : first;
  }

  /** Takes the first of all away where it is not later than that, milliseconds since 1970; null where none is. */
  take(until = Number.POSITIVE_INFINITY): Placed | null {
    const least = this.least();
    if (least === null || least.time > until) return null;
    return least === this.#heap[0] ? this.#pop() : this.#runs!.take();
  }

  /** What lies on disk is not needed any more. */
  close(): void {
    this.#runs?.clear();
  }

  #spill(): void {
    const sorted = this.#heap.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
    this.#noRoom = !this.#runs?.add(sorted);
    if (this.#noRoom) return;
    this.#heap = [];
    this.#characters = 0;
  }

  #pop(): Placed {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    this.#characters -= first.size;
    if (heap.length === 0) return first;
    let at = 0;
    for (let left = 1; left < heap.length; left = 2 * at + 1) {
      const child = left + 1 < heap.length && isBefore(heap[left + 1]!, heap[left]!) ? left + 1 : left;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
