import type { Signal } from '../../signal.ts';
import { largestDisorder, latenessFor, ReorderBuffer } from './reorderBuffer.ts';
import { EventClock, type ClockFlag, type EventClockOptions, type SavedEventClock } from './eventClock.ts';

/** Streams of one source that are followed side by side, at most: the one that was silent longest is let go first. */
const mostStreams = 256;

/** The clocks of a source as they are saved, by stream. */
export type SavedSourceClock = [stream: string, clock: SavedEventClock][];

/** How many records did not go by their own stamp. */
export type ClockCounts = Record<ClockFlag, number>;

/** One stream of a source. */
interface Stream {
  clock: EventClock;
  /** Puts finite input in order; null where records go on as they come. */
  order: ReorderBuffer | null;
}

/**
 * Event time of a source: one clock for each stream of it, such as a file of several, because each may have been written
 * by another machine. Finite input is put in order besides. What is read to its end and then followed by another stream is
 * judged by what there is.
 */
export class SourceClock {
  /** Its records are put in order: a look at the first of them is worth while. */
  readonly orders: boolean;
  readonly #options: EventClockOptions;
  readonly #streams: Map<string, Stream>;
  readonly counts: ClockCounts = { stray: 0, 'set back': 0 };
  /** Disorder that a look ahead has found, milliseconds: the first stream waits for that much. */
  #expected = 0;

  /** @param orders puts finite input in order, as far as it waits for what comes out of order */
  constructor(options: EventClockOptions, saved: SavedSourceClock = [], { orders = false } = {}) {
    this.#options = options;
    this.orders = orders && options.sequential && !options.live;
    this.#streams = new Map(saved.map(([stream, clock]) => [stream, this.#open(clock)]));
  }

  /** Records that wait, for witnesses or for their turn. */
  get held(): number {
    let held = 0;
    for (const { clock, order } of this.#streams.values()) held += clock.held + (order?.waiting ?? 0);
    return held;
  }

  /** Most stamps of a stream lie above the ceiling. */
  get ahead(): boolean {
    return [...this.#streams.values()].some(({ clock }) => clock.ahead);
  }

  /** Waits for as much disorder as these records show, which are not taken by this. */
  lookAhead(records: readonly Signal[], arrived: number): void {
    const times: number[] = [];
    const clock = new EventClock(this.#options);
    const note = (record: Signal) => void (record.kind === 'event' && times.push(record.time));
    for (const record of records) clock.push(record, arrived, note);
    clock.flush(note);
    this.#expected = latenessFor(largestDisorder(times));
  }

  /** What is settled once these records have come, in their order. `arrived`: milliseconds since 1970. */
  settle(records: readonly Signal[], stream: string, arrived: number): Signal[] {
    const out: Signal[] = [];
    const { clock, order } = this.#streamOf(stream, out);
    const into = this.#into(order, out);
    for (const record of records) clock.push(record, arrived, into);
    return out;
  }

  /** Nothing comes for now, or any more: what was held. */
  flush(): Signal[] {
    const out: Signal[] = [];
    for (const stream of this.#streams.values()) this.#flush(stream, out);
    return out;
  }

  save(): SavedSourceClock {
    return Array.from(this.#streams, ([stream, { clock }]) => [stream, clock.save()]);
  }

  #open(clock?: SavedEventClock): Stream {
    return { clock: new EventClock(this.#options, clock), order: this.orders ? new ReorderBuffer() : null };
  }

  #into(order: ReorderBuffer | null, out: Signal[]): (record: Signal, flag: ClockFlag | null) => void {
    const emit = (record: Signal) => void out.push(record);
    return (record, flag) => {
      if (flag !== null) this.counts[flag] += 1;
      if (order) order.push(record, emit);
      else out.push(record);
    };
  }

  #flush({ clock, order }: Stream, out: Signal[]): void {
    clock.flush(this.#into(order, out));
    order?.flush((record) => void out.push(record));
  }

  #streamOf(name: string, out: Signal[]): Stream {
    const known = this.#streams.get(name);
    const most = this.#options.live ? mostStreams : 1;
    // Moved to the end: the first in the map has been silent longest.
    this.#streams.delete(name);
    while (this.#streams.size >= most) {
      const [oldest, stream] = this.#streams.entries().next().value!;
      this.#flush(stream, out);
      this.#streams.delete(oldest);
    }
    const stream = known ?? this.#open();
    stream.order?.expect(this.#expected);
    this.#expected = 0;
    this.#streams.set(name, stream);
    return stream;
  }
}
