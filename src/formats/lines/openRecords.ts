import type { Draft, Place } from '../format.ts';
import type { Expecting } from './continuation.ts';
import type { Wrapped } from './wrapper.ts';

/** A record that may still grow, or waits for one before it. */
export interface OpenRecord extends Place {
  /** The stream it is of: lines of other streams do not go on with it. */
  key: string;
  draft: Draft | null;
  more: string[];
  /** Length of all its text. */
  size: number;
  expecting: Expecting;
  indented: boolean;
  stamped: boolean;
  /** Its message is still to come. */
  empty: boolean;
  /** A line that the runtime cut, as far as it has come. */
  cut: { text: string; raw: string; wrapped: Wrapped; invalid: boolean } | null;
  /** The lines of a record that is printed one field a line; null for any other. */
  block: string[] | null;
  done: boolean;
}

/** So many records at most wait for the lines of other streams in between. */
const mostWaiting = 64;

/**
 * Records in the order in which they began. Each stream has at most one that may grow; a finished one comes out when those
 * before it are.
 */
export class OpenRecords {
  readonly #queue: OpenRecord[] = [];
  readonly #byStream = new Map<string, OpenRecord>();
  readonly #out: (record: OpenRecord) => void;

  constructor(out: (record: OpenRecord) => void) {
    this.#out = out;
  }

  /** Where the first record stands that has not come out. */
  get first(): Place | undefined {
    return this.#queue[0];
  }

  of(key: string): OpenRecord | undefined {
    return this.#byStream.get(key);
  }

  /** Begins a record; the one of its stream before it is finished. */
  add(record: OpenRecord): void {
    this.close(record.key);
    this.#queue.push(record);
    if (!record.done) this.#byStream.set(record.key, record);
    this.#release();
  }

  close(key: string): void {
    const open = this.#byStream.get(key);
    if (!open) return;
    open.done = true;
    this.#byStream.delete(key);
    this.#release();
  }

  closeAll(): void {
    for (const record of this.#queue) record.done = true;
    this.#byStream.clear();
    this.#release();
  }

  #release(): void {
    while (this.#queue.length > 0 && (this.#queue[0]!.done || this.#queue.length > mostWaiting)) {
      const record = this.#queue.shift()!;
      if (!record.done) this.#byStream.delete(record.key);
      this.#out(record);
    }
  }
}
