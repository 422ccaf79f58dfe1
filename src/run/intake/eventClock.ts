import { toIso, type Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';

/** A step of event time up to this is taken as it comes, milliseconds. */
const maxStep = 10 * 60_000;
/** A stamp this far behind the front, lateness besides, is a wrong clock where lines are written as things happen, milliseconds. */
const stale = 24 * 60 * 60_000;
/** Among few records, only what lies so far from the others is taken for wrong, milliseconds. */
const year = 366 * 24 * 60 * 60_000;
/** Less than this is disorder, not a clock that was set back, milliseconds. */
const leastStepBack = 2 * 60_000;
/** Records that witness a start, a leap or a step back. */
const witnesses = 8;
/** Stamps from which it is known whether the ceiling holds for a source. */
const sample = 64;

export interface EventClockOptions {
  /** The arrival of a record counts: what agrees with it needs no witness. */
  live: boolean;
  /** Records are written as things happen, one after another: lines of a file or a pipe. Others come in any order. */
  sequential: boolean;
  /** How far behind the front a record may come, milliseconds. */
  lateness: number;
  /** How far past its arrival (`arrived`, of finite input the time of the reading) a stamp may lie, milliseconds; null judges none. */
  maxFutureSkew: number | null;
}

interface Held {
  record: Signal;
  /** Milliseconds since 1970. */
  arrived: number;
}

/** A clock as it is saved: plain JSON. */
export interface SavedEventClock {
  front: number | null;
  held: Held[];
  /** Of the first stamps: how many were seen, and how many of them lay above the ceiling. */
  seen: number;
  above: number;
  /** What is added to stamps since the source's clock was set back, milliseconds. */
  shift: number;
}

/** Why a record does not go by its own stamp. */
export type ClockFlag = 'stray' | 'set back';

/**
 * Event time of one stream of records: a pure fold over (stamp, arrival), which settles the records in their order. Its
 * front never falls, and one record cannot bend it: a stamp that lies beyond belief goes on at the front's time, flagged,
 * with its own stamp in its metadata. What cannot be judged yet is held until those behind it bear witness, or none come.
 * However the input is cut, the same comes out.
 */
export class EventClock {
  readonly #options: EventClockOptions;
  #front: number | null = null;
  #held: Held[] = [];
  #seen = 0;
  #above = 0;
  #shift = 0;

  constructor(options: EventClockOptions, saved?: SavedEventClock) {
    this.#options = options;
    if (!saved) return;
    this.#front = saved.front;
    this.#held = [...saved.held];
    this.#seen = saved.seen;
    this.#above = saved.above;
    this.#shift = saved.shift;
  }

  /** Records that wait for witnesses. */
  get held(): number {
    return this.#held.length;
  }

  /** The ceiling is off: most stamps of the stream lie above it. Its zone, or the clock of this machine, is wrong. */
  get ahead(): boolean {
    const { live } = this.#options;
    return this.#above * 2 > this.#seen && (!live || this.#seen >= witnesses);
  }

  /** Takes a record. Gives those that are settled by now, through `settled`. */
  push(record: Signal, arrived: number, settled: (record: Signal, flag: ClockFlag | null) => void): void {
    if (record.kind === 'event' && this.#seen < sample && this.#options.maxFutureSkew !== null) {
      this.#seen += 1;
      if (record.time > this.#ceiling(arrived)) this.#above += 1;
    }
    if (this.#held.length === 0 && this.#isPlain(record, arrived)) return settled(record, null);
    this.#held.push({ record, arrived });
    this.#settle(false, settled);
  }

  /** Nearly all records: a step forward, or a little disorder. */
  #isPlain({ kind, time }: Signal, arrived: number): boolean {
    const front = this.#front;
    if (front === null || kind !== 'event' || this.#shift > 0) return false;
    if (time > front + maxStep || time < front - leastStepBack || time > this.#ceiling(arrived)) return false;
    if (time > front) this.#front = time;
    return true;
  }

  /** Nothing comes any more for now: what is held is judged by what is there. */
  flush(settled: (record: Signal, flag: ClockFlag | null) => void): void {
    if (this.#front === null && this.#options.sequential && !this.#options.live) this.#settleFew(settled);
    this.#settle(true, settled);
  }

  save(): SavedEventClock {
    return { front: this.#front, held: [...this.#held], seen: this.#seen, above: this.#above, shift: this.#shift };
  }

  #ceiling(arrived: number): number {
    return arrived + (this.#options.maxFutureSkew ?? Number.POSITIVE_INFINITY);
  }

  #isAbove({ record: { time }, arrived }: Held): boolean {
    return !this.ahead && time > this.#ceiling(arrived);
  }

  #settle(flush: boolean, settled: (record: Signal, flag: ClockFlag | null) => void): void {
    if (this.#front === null && !this.#start(flush)) return;
    // A cursor, because taking the first of a list away costs its length.
    let next = 0;
    for (; next < this.#held.length; next += 1) {
      const verdict = this.#judge(this.#held[next]!, next + 1, flush);
      if (verdict === null) break;
      settled(verdict.record, verdict.flag);
    }
    if (next > 0) this.#held = this.#held.slice(next);
  }

  /**
   * A whole input of fewer records than it takes to witness anything: each goes by its own stamp, whenever the file was
   * written, but for one that lies more than a year from the others.
   */
  #settleFew(settled: (record: Signal, flag: ClockFlag | null) => void): void {
    const times = this.#held.flatMap(({ record }) => (record.kind === 'event' ? [record.time] : [])).toSorted((a, b) => a - b);
    const median = times[Math.floor((times.length - 1) / 2)];
    if (median === undefined) return;
    const isOdd = (time: number) => Math.abs(time - median) > year;
    let front = times.find((time) => !isOdd(time))!;
    for (const { record } of this.#held) {
      const verdict = record.kind === 'event' && isOdd(record.time) ? this.#stray(record, front) : { record, flag: null };
      if (record.kind === 'event') front = Math.max(front, verdict.record.time);
      settled(verdict.record, verdict.flag);
    }
    this.#front = front;
    this.#held = [];
  }

  /**
   * The front at the start. A record whose stamp agrees with its arrival sets it alone; else the lower median of the first
   * few does. Returns false while they have not come.
   */
  #start(flush: boolean): boolean {
    const events = this.#held.filter(({ record }) => record.kind === 'event');
    if (events.length === 0) return true;
    const believable = events.filter((one) => !this.#isAbove(one));
    if (!this.#options.sequential || believable.some((one) => this.#agrees(one))) {
      this.#front = Math.min(...believable.map(({ record }) => record.time), believable.length === 0 ? events[0]!.arrived : Infinity);
      return true;
    }
    if (events.length < witnesses && !flush) return false;
    const times = believable.map(({ record }) => record.time).toSorted((a, b) => a - b);
    const median = times[Math.floor((times.length - 1) / 2)] ?? events[0]!.arrived;
    // Strays before the first that is near the median go on at the time of that one.
    const near = believable.find(({ record: { time } }) => time <= median + maxStep && time >= median - stale);
    this.#front = near?.record.time ?? median;
    return true;
  }

  /** Its arrival bears witness to it: time goes on after a quiet night. */
  #agrees({ record, arrived }: Held): boolean {
    return this.#options.live && record.time >= arrived - maxStep;
  }

  /** What becomes of a record, with those behind it from `behind` on; null while more have to come. */
  #judge(one: Held, behind: number, flush: boolean): { record: Signal; flag: ClockFlag | null } | null {
    const { record } = one;
    if (record.kind !== 'event') return { record, flag: null };
    const front = this.#front ?? (this.#front = record.time);
    if (this.#isAbove(one)) return this.#stray(record, front);
    if (this.#shift > 0 && record.time >= front) this.#shift = 0;
    const time = record.time + this.#shift;
    if (time > front + maxStep) return this.#leap(one, time, behind, flush);
    if (time < front - Math.max(this.#options.lateness, leastStepBack)) return this.#behind(record, time, behind, flush);
    return this.#step(record, time);
  }

  #step(record: Signal, time: number): { record: Signal; flag: ClockFlag | null } {
    this.#front = Math.max(this.#front!, time);
    return time === record.time ? { record, flag: null } : { record: restamped(record, time, 'set back'), flag: 'set back' };
  }

  #stray(record: Signal, time: number): { record: Signal; flag: ClockFlag } {
    return { record: restamped(record, time, 'stray'), flag: 'stray' };
  }

  #leap(one: Held, time: number, behind: number, flush: boolean): { record: Signal; flag: ClockFlag | null } | null {
    if (!this.#options.sequential || this.#agrees(one)) return this.#step(one.record, time);
    const others = this.#eventsFrom(behind, witnesses);
    if (others.length < witnesses && !flush) return null;
    const with_ = others.filter((other) => !this.#isAbove(other) && other.record.time + this.#shift >= time - maxStep);
    return with_.length * 2 >= others.length ? this.#step(one.record, time) : this.#stray(one.record, this.#front!);
  }

  /** A stamp well behind the front: the clock was set back, it is a stray, or it is late. */
  #behind(record: Signal, time: number, behind: number, flush: boolean): { record: Signal; flag: ClockFlag | null } | null {
    if (!this.#options.sequential) return { record, flag: null };
    const front = this.#front!;
    const limit = front - Math.max(this.#options.lateness, leastStepBack);
    let last = time;
    let count = 1;
    for (const { record: other } of this.#eventsFrom(behind, witnesses - 1)) {
      const next = other.time + this.#shift;
      if (next < last || next >= limit) return this.#late(record, time);
      last = next;
      count += 1;
    }
    if (count < witnesses) return flush ? this.#late(record, time) : null;
    this.#shift += front - time;
    return this.#step(record, front);
  }

  #late(record: Signal, time: number): { record: Signal; flag: ClockFlag | null } {
    if (time < this.#front! - this.#options.lateness - stale) return this.#stray(record, this.#front!);
    return time === record.time ? { record, flag: null } : { record: restamped(record, time, 'set back'), flag: 'set back' };
  }

  #eventsFrom(index: number, most: number): Held[] {
    const found: Held[] = [];
    for (let i = index; i < this.#held.length && found.length < most; i += 1) {
      if (this.#held[i]!.record.kind === 'event') found.push(this.#held[i]!);
    }
    return found;
  }
}

/** A record at another time than its stamp says; that one stays in its metadata. */
function restamped(record: Signal, time: number, flag: ClockFlag): Signal {
  if (record.kind !== 'event') return record;
  const { event } = record;
  const metadata: Record<string, Json> = { ...event.metadata, own_stamp: event.timestamp, clock: flag };
  return { ...record, time, event: { ...event, timestamp: toIso(time), metadata } };
}
