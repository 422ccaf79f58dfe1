import type { Signal } from '../../signal.ts';
import { EventClock, type ClockFlag, type EventClockOptions, type SavedEventClock } from './eventClock.ts';

/** Streams of one source that are followed side by side, at most: the one that was silent longest is let go first. */
const mostStreams = 256;

/** The clocks of a source as they are saved, by stream. */
export type SavedSourceClock = [stream: string, clock: SavedEventClock][];

/** How many records did not go by their own stamp. */
export type ClockCounts = Record<ClockFlag, number>;

/**
 * Event time of a source: one clock for each stream of it, such as a file of several, because each may have been written
 * by another machine. What is read to its end and then followed by another stream is judged by what there is.
 */
export class SourceClock {
  readonly #options: EventClockOptions;
  readonly #clocks: Map<string, EventClock>;
  readonly counts: ClockCounts = { stray: 0, 'set back': 0 };

  constructor(options: EventClockOptions, saved: SavedSourceClock = []) {
    this.#options = options;
    this.#clocks = new Map(saved.map(([stream, clock]) => [stream, new EventClock(options, clock)]));
  }

  /** Records that wait for witnesses. */
  get held(): number {
    let held = 0;
    for (const clock of this.#clocks.values()) held += clock.held;
    return held;
  }

  /** Most stamps of a stream lie above the ceiling. */
  get ahead(): boolean {
    return [...this.#clocks.values()].some((clock) => clock.ahead);
  }

  /** What is settled once these records have come, in their order. `arrived`: milliseconds since 1970. */
  settle(records: readonly Signal[], stream: string, arrived: number): Signal[] {
    const out: Signal[] = [];
    const clock = this.#clockOf(stream, out);
    const into = this.#into(out);
    for (const record of records) clock.push(record, arrived, into);
    return out;
  }

  /** Nothing comes for now, or any more: what was held. */
  flush(): Signal[] {
    const out: Signal[] = [];
    for (const clock of this.#clocks.values()) clock.flush(this.#into(out));
    return out;
  }

  save(): SavedSourceClock {
    return Array.from(this.#clocks, ([stream, clock]) => [stream, clock.save()]);
  }

  readonly #into = (out: Signal[]) => (record: Signal, flag: ClockFlag | null) => {
    if (flag !== null) this.counts[flag] += 1;
    out.push(record);
  };

  #clockOf(stream: string, out: Signal[]): EventClock {
    const known = this.#clocks.get(stream);
    const most = this.#options.live ? mostStreams : 1;
    // Moved to the end: the first in the map has been silent longest.
    this.#clocks.delete(stream);
    while (this.#clocks.size >= most) {
      const [oldest, clock] = this.#clocks.entries().next().value!;
      clock.flush(this.#into(out));
      this.#clocks.delete(oldest);
    }
    const clock = known ?? new EventClock(this.#options);
    this.#clocks.set(stream, clock);
    return clock;
  }
}
