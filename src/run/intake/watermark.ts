import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';

export interface Lateness {
  /** How far behind its newest record a record may come, milliseconds. */
  lateness: number;
  /** After this long without a record the source no longer holds the others back, milliseconds. */
  idle: number;
}

interface Progress extends Lateness {
  /** Newest event time. */
  time: number;
  /** When something of it came last, by the run's clock. */
  arrived: number;
  idling: boolean;
  ended: boolean;
  /** Event time up to which it says to be complete. */
  complete: number;
}

/** A source's progress as it is saved; null for times that have not come. */
export interface SavedProgress {
  [name: string]: Json;
  time: number | null;
  arrived: number;
  idling: boolean;
  ended: boolean;
  complete: number | null;
}

const never = Number.NEGATIVE_INFINITY;
const orNull = (time: number) => (time === never ? null : time);

/**
 * The watermark of a run: the event time up to which everything is thought to be in. It is the least over the sources
 * that are neither idle nor at their end. Finite sources that are merged by time count as one: the merge already knows
 * that nothing earlier is to come.
 */
export class Watermark {
  readonly #sources: Progress[];
  readonly #merged: boolean;

  constructor(sources: readonly Lateness[], { merged, now }: { merged: boolean; now: number }) {
    const fresh = { time: never, arrived: now, idling: false, ended: false, complete: never };
    const together = { lateness: Math.max(0, ...sources.map((s) => s.lateness)), idle: Number.POSITIVE_INFINITY };
    this.#merged = merged;
    this.#sources = (merged ? [together] : sources).map((s) => ({ ...s, ...fresh }));
  }

  /** A record of that source is about to go in. Returns the watermark. */
  record(index: number, { time }: Signal): number {
    const source = this.#of(index);
    if (time > source.time) source.time = time;
    source.idling = false;
    source.ended = false;
    return this.#sources.length === 1 ? Math.max(source.time - source.lateness, source.complete) : this.least();
  }

  /** A source says that it is complete up to that event time, although it may have found nothing. */
  complete(index: number, time: number): void {
    const source = this.#of(index);
    source.complete = Math.max(source.complete, time);
    source.idling = false;
  }

  /** Something of that source arrived at that time of the run's clock; others may have been silent for too long by now. */
  arrived(index: number, now: number): void {
    this.#of(index).arrived = now;
    for (const source of this.#sources) if (now - source.arrived >= source.idle) source.idling = true;
  }

  ended(index: number): void {
    if (!this.#merged) this.#of(index).ended = true;
  }

  /**
   * The clock moved and nothing came: event time goes on at the pace of the clock from the last record, so that windows
   * close although nothing arrives any more. Old data keeps its old times.
   */
  quiet(now: number): number {
    let reached = never;
    for (const source of this.#sources) {
      const silent = now - source.arrived;
      if (source.ended || silent < source.idle) continue;
      source.idling = true;
      if (source.time !== never) reached = Math.max(reached, source.time + silent - source.lateness);
    }
    const allQuiet = this.#sources.every((s) => s.idling || s.ended);
    return allQuiet ? reached : this.least();
  }

  /** Newest event time over all sources; null before the first record. */
  get newest(): number | null {
    const newest = Math.max(...this.#sources.map((s) => s.time));
    return newest === never ? null : newest;
  }

  least(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const { time, lateness, ended, idling, complete } of this.#sources) {
      if (!ended && !idling) least = Math.min(least, Math.max(time - lateness, complete));
    }
    return least === Number.POSITIVE_INFINITY ? never : least;
  }

  save(): SavedProgress[] {
    return this.#sources.map(({ time, arrived, idling, ended, complete }) => ({
      time: orNull(time),
      arrived,
      idling,
      ended,
      complete: orNull(complete),
    }));
  }

  /** Takes up what was saved for the same sources; those that are merged now are as far as the farthest of them was. */
  load(all: readonly SavedProgress[]): void {
    const saved = this.#merged ? all.toSorted((a, b) => (b.time ?? never) - (a.time ?? never)).slice(0, 1) : all;
    if (saved.length !== this.#sources.length) return;
    for (const [index, { time, complete, ...rest }] of saved.entries()) {
      Object.assign(this.#sources[index]!, rest, { time: time ?? never, complete: complete ?? never });
    }
  }

  #of(index: number): Progress {
    return this.#sources[this.#merged ? 0 : index]!;
  }
}
