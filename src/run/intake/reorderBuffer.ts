import type { Signal } from '../../signal.ts';

/** Disorder that is mended at most, milliseconds: what comes later than that is late. */
const mostDisorder = 60 * 60_000;
/** Where there is any disorder, more is expected: this much is waited for at least, milliseconds. */
const leastLateness = 2 * 60_000;
/** Characters that wait at most; beyond, the oldest go on before their time. */
const mostCharacters = 1 << 26;

interface Waiting {
  time: number;
  /** Place in the input: of equal times the earlier one goes first. */
  place: number;
  record: Signal;
}

const before = (a: Waiting, b: Waiting) => a.time < b.time || (a.time === b.time && a.place < b.place);
const estimateSize = (record: Signal) => 300 + (record.kind === 'event' ? record.event.text.length : 0);

/** How long a buffer waits for what comes out of order, given the largest disorder that was seen, milliseconds. */
export const latenessFor = (disorder: number): number => (disorder <= 0 ? 0 : Math.min(mostDisorder, Math.max(leastLateness, disorder)));

/** The largest distance by which one of these times lies behind one before it, milliseconds. */
export function largestDisorder(times: Iterable<number>): number {
  let front = Number.NEGATIVE_INFINITY;
  let largest = 0;
  for (const time of times) {
    front = Math.max(front, time);
    largest = Math.max(largest, front - time);
  }
  return largest;
}

/**
 * Puts records in the order of their times, as far as they are out of order by no more than the lateness: that grows to
 * the largest disorder seen, and never falls. While it is 0 nothing waits. A fold over records: where the input is cut
 * does not matter. For runs that read their input once and keep no checkpoints: what waits is not saved.
 */
export class ReorderBuffer {
  #lateness = 0;
  #front = Number.NEGATIVE_INFINITY;
  #emitted = Number.NEGATIVE_INFINITY;
  /** A binary heap, the earliest first. */
  #heap: Waiting[] = [];
  #places = 0;
  #characters = 0;

  /** Records that wait. */
  get waiting(): number {
    return this.#heap.length;
  }

  /** Waits for at least so much disorder, milliseconds. */
  expect(lateness: number): void {
    this.#lateness = Math.max(this.#lateness, lateness);
  }

  /** Takes a record; gives those whose turn has come. */
  push(record: Signal, emit: (record: Signal) => void): void {
    if (record.kind === 'event') {
      this.#front = Math.max(this.#front, record.time);
      const disorder = this.#front - record.time;
      if (disorder > this.#lateness) this.#lateness = latenessFor(disorder);
    }
    if (this.#lateness === 0 || record.time < this.#emitted) return emit(record);
    this.#add(record);
    while (this.#heap.length > 0 && (this.#heap[0]!.time <= this.#front - this.#lateness || this.#characters > mostCharacters))
      this.#first(emit);
  }

  /** Nothing comes any more: what waits, in its order. */
  flush(emit: (record: Signal) => void): void {
    while (this.#heap.length > 0) this.#first(emit);
  }

  #add(record: Signal): void {
    const heap = this.#heap;
    const time = record.kind === 'event' ? record.time : Math.max(this.#front, this.#emitted);
    const one = { time, place: (this.#places += 1), record };
    this.#characters += estimateSize(record);
    let at = heap.length;
    heap.push(one);
    for (let parent = (at - 1) >> 1; at > 0 && before(one, heap[parent]!); parent = (at - 1) >> 1) {
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = one;
  }

  #first(emit: (record: Signal) => void): void {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        const left = 2 * at + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && before(heap[left + 1]!, heap[left]!) ? left + 1 : left;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
    }
    this.#characters -= estimateSize(first.record);
    if (first.record.kind === 'event') this.#emitted = Math.max(this.#emitted, first.time);
    emit(first.record);
  }
}
