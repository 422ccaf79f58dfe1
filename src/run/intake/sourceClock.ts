import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import type { SourceBatch } from '../../sources/source.ts';
import { EventClock, type ClockFlag, type EventClockOptions, type SavedEventClock } from './eventClock.ts';
import type { Key } from './placed.ts';
import { StreamOrder, type SavedOrder } from './streamOrder.ts';

/** Streams of one source that are followed side by side, at most: the one that was silent longest is let go first. */
const mostStreams = 256;

/** The clocks of a source as they are saved, by stream; with the order of its records where a finite run put them in order. */
export type SavedSourceClock = [stream: string, clock: SavedEventClock][] | SavedOrder;

/** How many records did not go by their own stamp. */
export type ClockCounts = Record<ClockFlag, number>;

/** What a clock is given of a batch. */
export interface ClockBatch extends Pick<SourceBatch, 'records' | 'stream' | 'streams' | 'position'> {
  /** Where the source stood before it. */
  before: Json;
}

/** Event time of a source: settles its records. */
export interface RecordClock {
  readonly counts: ClockCounts;
  /** Records that wait, for witnesses or for their turn. */
  readonly held: number;
  /** Most stamps of a stream lie above the ceiling. */
  readonly ahead: boolean;
  /** What is settled once these records have come, in their order. `arrived`: milliseconds since 1970. */
  settle(batch: ClockBatch, arrived: number): Signal[];
  /** Nothing comes for now, or any more: what was held. */
  flush(): Signal[];
  save(): SavedSourceClock;
  /** Lets go of what it keeps outside. */
  close?(): void;
}

/** One stream of a source. */
interface Stream {
  clock: EventClock;
  /** Where it stands in the order that a finite run gave it; null where there is nothing left that was given before. */
  order: StreamOrder | null;
}

/**
 * Event time of a source whose records go on as they come: one clock for each stream of it, such as a log of several, because
 * each may have been written by another machine.
 */
export class SourceClock implements RecordClock {
  readonly #options: EventClockOptions;
  readonly #streams = new Map<string, Stream>();
  readonly counts: ClockCounts = { stray: 0, 'set back': 0 };
  /** The last record that a finite run gave in its turn; null without one. */
  readonly #last: Key | null;

  constructor(options: EventClockOptions, saved: SavedSourceClock = []) {
    this.#options = options;
    this.#last = Array.isArray(saved) ? null : saved.last;
    for (const [stream, clock, order = null] of listStreams(saved))
      this.#streams.set(stream, { clock: new EventClock(options, clock), order });
  }

  get held(): number {
    let held = 0;
    for (const { clock } of this.#streams.values()) held += clock.held;
    return held;
  }

  get ahead(): boolean {
    return [...this.#streams.values()].some(({ clock }) => clock.ahead);
  }

  settle({ records, stream = '' }: ClockBatch, arrived: number): Signal[] {
    const out: Signal[] = [];
    const one = this.#findStream(stream, out);
    const into = this.#into(one, out);
    for (const record of records) one.clock.push(record, arrived, into);
    return out;
  }

  flush(): Signal[] {
    const out: Signal[] = [];
    for (const stream of this.#streams.values()) stream.clock.flush(this.#into(stream, out));
    return out;
  }

  save(): SavedSourceClock {
    const streams = [...this.#streams];
    if (streams.every(([, { order }]) => order === null)) return streams.map(([stream, { clock }]) => [stream, clock.save()]);
    return {
      streams: streams.map(([stream, { clock, order }], i) => ({
        ...{ stream, number: order?.number ?? i, clock: clock.save() },
        ...{ place: order?.place ?? 0, front: order?.front ?? null, seen: order?.seen ?? 0 },
      })),
      last: this.#last,
      lateness: 0,
      looked: 0,
    };
  }

  #into(stream: Stream, out: Signal[]): (record: Signal, flag: ClockFlag | null) => void {
    return (record, flag) => {
      if (stream.order && this.#wasGiven(stream, stream.order, record)) return;
      if (flag !== null) this.counts[flag] += 1;
      out.push(record);
    };
  }

  #wasGiven(stream: Stream, order: StreamOrder, record: Signal): boolean {
    const was = order.wasGiven(order.next(record), this.#last);
    if (order.hasCaughtUp) stream.order = null;
    return was;
  }

  #findStream(name: string, out: Signal[]): Stream {
    const known = this.#streams.get(name);
    // Moved to the end: the first in the map has been silent longest.
    this.#streams.delete(name);
    while (this.#streams.size >= mostStreams) {
      const [oldest, stream] = this.#streams.entries().next().value!;
      stream.clock.flush(this.#into(stream, out));
      this.#streams.delete(oldest);
    }
    const stream = known ?? { clock: new EventClock(this.#options), order: null };
    this.#streams.set(name, stream);
    return stream;
  }
}

/** The streams that were saved. */
export function listStreams(saved: SavedSourceClock): [stream: string, clock: SavedEventClock, order?: StreamOrder][] {
  return Array.isArray(saved) ? saved : saved.streams.map((one) => [one.stream, one.clock, new StreamOrder(one)]);
}
