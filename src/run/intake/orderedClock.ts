// One file, because what waits, what was given and where a restart begins are one state.
import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import { latenessFor, largestDisorder } from './disorder.ts';
import { EventClock, type ClockFlag, type EventClockOptions, type SavedEventClock } from './eventClock.ts';
import { isBefore, type Key, type Placed } from './placed.ts';
import { ReorderBuffer } from './reorderBuffer.ts';
import type { SortedRuns } from './sortedRuns.ts';
import type { ClockBatch, ClockCounts, RecordClock, SavedSourceClock } from './sourceClock.ts';
import { StreamOrder, type SavedOrder, type SavedStream } from './streamOrder.ts';

/** Records by which it is known how far an input is out of order. */
export const lookedAt = 1000;

/** Where a stream stood before some of its records: there a restart reads it again. */
interface Mark {
  position: Json;
  clock: SavedEventClock;
  place: number;
  front: number;
  /** Records settled behind it, before the next mark, that wait. */
  waiting: number;
}

interface Stream {
  name: string;
  clock: EventClock;
  order: StreamOrder;
  /** Oldest first. */
  marks: Mark[];
}

/**
 * Event time of a source that ends: its records are settled and put in order, over all its streams, as far as they are out of
 * order by no more than the lateness: that is 0 while nothing is, grows to the largest disorder seen, and never falls. A
 * record that comes behind what was given already goes on at once. A fold over records: where the input was cut does not
 * matter. What waits is not saved: the position is that of the oldest record that waits, and what was given behind it is
 * left out when it comes again.
 */
export class OrderedClock implements RecordClock {
  readonly counts: ClockCounts = { stray: 0, 'set back': 0 };
  readonly #options: EventClockOptions;
  readonly #buffer: ReorderBuffer;
  readonly #streams = new Map<string, Stream>();
  readonly #byNumber: Stream[] = [];
  /** Streams that have not ended, with when each begins: none is given beyond what the slowest has reached. */
  #open: ReadonlyMap<string, number | null> = new Map([['', null]]);
  #lateness = 0;
  /** The last record that was given in its turn; changed in place. */
  #last: Key | null = null;
  /** Records that were looked at before any was taken. */
  #looked = 0;
  #position: Json;
  /** Clocks of an older release, which put nothing in order: what they held comes first. */
  #older: EventClock[] = [];

  /** @param position where the source stands */
  constructor(
    options: EventClockOptions,
    saved: SavedSourceClock = [],
    { runs = null, position = null, most }: { runs?: SortedRuns | null; position?: Json; most?: number } = {},
  ) {
    this.#options = options;
    this.#buffer = new ReorderBuffer(runs, most);
    this.#position = position;
    if (Array.isArray(saved)) this.#older = saved.map(([, clock]) => new EventClock(options, clock));
    else this.#load(saved);
  }

  /** Too little of the input was there so far to know how far it is out of order. */
  get needsLook(): boolean {
    return this.#looked < lookedAt;
  }

  get held(): number {
    let held = this.#buffer.waiting;
    for (const { clock } of this.#streams.values()) held += clock.held;
    for (const clock of this.#older) held += clock.held;
    return held;
  }

  get ahead(): boolean {
    return [...this.#streams.values()].some(({ clock }) => clock.ahead);
  }

  /** Waits for as much disorder as these records show, which are not taken by this. `arrived`: milliseconds since 1970. */
  lookAhead(records: readonly Signal[], arrived: number): void {
    this.#looked += records.length;
    const times: number[] = [];
    const clock = new EventClock(this.#options);
    const note = (record: Signal) => void (record.kind === 'event' && times.push(record.time));
    for (const record of records) clock.push(record, arrived, note);
    clock.flush(note);
    this.#lateness = Math.max(this.#lateness, latenessFor(largestDisorder(times)));
  }

  settle({ records, stream, streams, before, position }: ClockBatch, arrived: number): Signal[] {
    const out = this.#flushOlder();
    this.#position = position;
    if (streams || !this.#open.has(stream ?? '')) this.#read(streams ?? new Map([[stream ?? '', null]]), out);
    // Word of the source itself, such as of a file that is gone, stands in no stream.
    if (stream === undefined && streams) return [...out, ...records];
    const one = this.#findStream(stream ?? '');
    one.marks.push({ position: before, clock: one.clock.save(), place: one.order.place, front: one.order.front, waiting: 0 });
    const into = this.#into(one, out);
    for (const record of records) one.clock.push(record, arrived, into);
    this.#give(this.#bound(), out);
    for (const { marks } of this.#streams.values()) while (marks[0]?.waiting === 0) marks.shift();
    return out;
  }

  /** Those that are not read any more have ended: their clocks judge by what there is. */
  #read(open: ReadonlyMap<string, number | null>, out: Signal[]): void {
    for (const name of this.#open.keys()) {
      const stream = open.has(name) ? undefined : this.#streams.get(name);
      stream?.clock.flush(this.#into(stream, out));
    }
    this.#open = open;
  }

  flush(): Signal[] {
    const out = this.#flushOlder();
    for (const stream of this.#streams.values()) stream.clock.flush(this.#into(stream, out));
    this.#give(Number.POSITIVE_INFINITY, out);
    return out;
  }

  save(): SavedOrder {
    const streams = [...this.#streams.values()].map(({ name, clock, order, marks: [mark] }): SavedStream => {
      const { place, front } = mark ?? order;
      return { stream: name, number: order.number, clock: mark?.clock ?? clock.save(), place, front, seen: order.seen };
    });
    return { streams, last: this.#last && { ...this.#last }, lateness: this.#lateness, looked: this.#looked };
  }

  /** Where a restart has to read the streams from whose records wait; of the others, where the source stands holds. */
  get behind(): ReadonlyMap<string, Json> {
    const behind = new Map<string, Json>();
    for (const { name, marks } of this.#streams.values()) if (marks[0]) behind.set(name, marks[0].position);
    return behind;
  }

  /** Where the source stands. */
  get position(): Json {
    return this.#position;
  }

  close(): void {
    this.#buffer.close();
  }

  #load({ streams, last, lateness, looked }: SavedOrder): void {
    this.#looked = looked;
    this.#last = last && { ...last };
    this.#lateness = lateness;
    for (const one of streams) {
      const clock = new EventClock(this.#options, one.clock);
      this.#add({ name: one.stream, clock, order: new StreamOrder(one), marks: [] });
    }
  }

  #flushOlder(): Signal[] {
    const out: Signal[] = [];
    for (const clock of this.#older) clock.flush((record) => void out.push(record));
    this.#older = [];
    return out;
  }

  #findStream(name: string): Stream {
    const known = this.#streams.get(name);
    if (known) return known;
    const order = new StreamOrder({ number: this.#streams.size, place: 0, front: null, seen: 0 });
    return this.#add({ name, clock: new EventClock(this.#options), order, marks: [] });
  }

  #add(stream: Stream): Stream {
    this.#streams.set(stream.name, stream);
    this.#byNumber[stream.order.number] = stream;
    return stream;
  }

  #into({ order, marks }: Stream, out: Signal[]): (record: Signal, flag: ClockFlag | null) => void {
    return (record, flag) => {
      const { front } = order;
      // Most input is in order: then nothing waits, and the record stands where it came.
      if (
        record.kind === 'event' &&
        record.time >= front &&
        this.#lateness === 0 &&
        this.#isAlone(order) &&
        this.#passes(order, record.time)
      ) {
        if (flag !== null) this.counts[flag] += 1;
        out.push(record);
        return;
      }
      const key = order.next(record);
      if (front - key.time > this.#lateness) this.#lateness = latenessFor(front - key.time);
      if (order.wasGiven(key, this.#last)) return;
      if (flag !== null) this.counts[flag] += 1;
      if (this.#last !== null && isBefore(key, this.#last)) out.push(record);
      else if (this.#lateness === 0 && this.#isAlone(order)) {
        this.#last = key;
        out.push(record);
      } else {
        this.#buffer.push({ ...key, record });
        const mark = marks.at(-1);
        if (mark) mark.waiting += 1;
        while (this.#buffer.isFull) this.#emit(this.#buffer.take()!, out);
        // At each record, so that where a batch ends does not matter.
        if (this.#open.size <= 1) this.#give(this.#bound(), out);
      }
    };
  }

  /** Gives the next record of a stream its place, where that is behind all that was given; without a `Key` a record, which is dear. */
  #passes(order: StreamOrder, time: number): boolean {
    const last = (this.#last ??= { time, stream: order.number, place: order.place });
    const { number } = order;
    const isBehind =
      last.time < time || (last.time === time && (last.stream < number || (last.stream === number && last.place <= order.place)));
    if (!isBehind) return false;
    order.place += 1;
    order.front = time;
    last.time = time;
    last.stream = number;
    last.place = order.place;
    return true;
  }

  /** Nothing waits, and nothing else is read: what comes in order can go on. */
  #isAlone(order: StreamOrder): boolean {
    return this.#open.size <= 1 && this.#buffer.waiting === 0 && order.hasCaughtUp;
  }

  /** Up to which time nothing earlier is expected. Of equal times of several streams the last has to be there. */
  #bound(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const [name, begins] of this.#open) {
      const { order = null } = this.#streams.get(name) ?? {};
      if (order?.hasCaughtUp === false) return Number.NEGATIVE_INFINITY;
      least = Math.min(least, order?.front ?? begins ?? Number.NEGATIVE_INFINITY);
    }
    return least - this.#lateness - (this.#open.size > 1 ? 1 : 0);
  }

  #give(bound: number, out: Signal[]): void {
    for (let one = this.#buffer.take(bound); one !== null; one = this.#buffer.take(bound)) this.#emit(one, out);
  }

  #emit({ time, stream, place, record }: Placed, out: Signal[]): void {
    this.#last = { time, stream, place };
    out.push(record);
    const { marks } = this.#byNumber[stream]!;
    // The records of a mark go up to where the next one begins; most often it is the first.
    let at = 0;
    while (at + 1 < marks.length && marks[at + 1]!.place < place) at += 1;
    if (marks.length > 0) marks[at]!.waiting -= 1;
  }
}
