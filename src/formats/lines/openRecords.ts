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
  /** Blanks in front of its first line. */
  indent: number;
  stamped: boolean;
  /** Its message is still to come. */
  empty: boolean;
  /** A line that the runtime cut, as far as it has come. */
  cut: { text: string; raw: string; wrapped: Wrapped; invalid: boolean } | null;
  /** The lines of a record that is printed one field a line; null for any other. */
  block: string[] | null;
  /** It is a paragraph: all lines up to the next go on with it. */
  paragraph: boolean;
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
  /** The one that was begun last, if it may grow; most inputs have one stream only. */
  #recent: OpenRecord | null = null;
  /** Those of the other streams. */
  readonly #others = new Map<string, OpenRecord>();
  readonly #out: (record: OpenRecord) => void;

  constructor(out: (record: OpenRecord) => void) {
    this.#out = out;
  }

  /** Where the first record stands that has not come out. */
  get first(): Place | undefined {
    return this.#queue[0];
  }

  /** Whether no record waits, so that a whole one may come out at once. */
  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  of(key: string): OpenRecord | undefined {
    const recent = this.#recent;
    return recent !== null && recent.key === key ? recent : this.#others.get(key);
  }

  /** Begins a record; the one of its stream before it is finished. */
  add(record: OpenRecord): void {
    this.close(record.key);
    this.#queue.push(record);
    if (!record.done) {
      if (this.#recent !== null) this.#others.set(this.#recent.key, this.#recent);
      this.#recent = record;
    }
    this.#release();
  }

  close(key: string): void {
    const open = this.of(key);
    if (!open) return;
    open.done = true;
    this.#forget(open);
    this.#release();
  }

  closeAll(): void {
    for (const record of this.#queue) record.done = true;
    this.#recent = null;
    this.#others.clear();
    this.#release();
  }

  #forget(record: OpenRecord): void {
    if (this.#recent === record) this.#recent = null;
    else this.#others.delete(record.key);
  }

  #release(): void {
    while (this.#queue.length > 0 && (this.#queue[0]!.done || this.#queue.length > mostWaiting)) {
      const record = this.#queue.shift()!;
      if (!record.done) this.#forget(record);
      this.#out(record);
    }
  }
}

/** A record that begins at a place, with nothing in it yet. */
export const newRecord = (key: string, { line, offset }: Place): OpenRecord => ({
  key,
  line,
  offset,
  draft: null,
  more: [],
  size: 0,
  expecting: 'nothing',
  indent: 0,
  stamped: false,
  empty: false,
  cut: null,
  block: null,
  paragraph: false,
  done: false,
});
