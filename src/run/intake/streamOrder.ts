import type { Signal } from '../../signal.ts';
import type { SavedEventClock } from './eventClock.ts';
import { isBefore, type Key } from './placed.ts';

/** A stream as it is saved by a run that puts records in order: at its oldest record that waits. */
export interface SavedStream {
  stream: string;
  /** Its number among the streams of its source. */
  number: number;
  clock: SavedEventClock;
  /** Records settled before that one. */
  place: number;
  /** Newest event time before it, milliseconds since 1970; null before the first. */
  front: number | null;
  /** Records settled in all: up to there, what is not behind the last that was given was given as well. */
  seen: number;
}

/** What a finite run saves of the order of a source's records. */
export interface SavedOrder {
  streams: SavedStream[];
  /** The last record that was given in its turn; null before the first. */
  last: Key | null;
  /** Milliseconds that are waited for what comes out of order. */
  lateness: number;
  /** Records that were looked at beforehand. */
  looked: number;
}

/** Sorts before any record. */
const lowest = -8.64e15;

/** Gives the records of one stream their places; a restart gives them the same ones. */
export class StreamOrder {
  readonly number: number;
  readonly #seen: number;
  place: number;
  front: number;

  constructor({ number, place, front, seen }: Pick<SavedStream, 'number' | 'place' | 'front' | 'seen'>) {
    this.number = number;
    this.place = place;
    this.front = front ?? lowest;
    this.#seen = seen;
  }

  /** All that an earlier run had settled has come again. */
  get hasCaughtUp(): boolean {
    return this.place >= this.#seen;
  }

  get seen(): number {
    return Math.max(this.#seen, this.place);
  }

  /** The place of the next record; one without a time stands where the one before it stands. */
  next({ kind, time }: Signal): Key {
    this.place += 1;
    if (kind === 'event' && time > this.front) this.front = time;
    return { time: kind === 'event' ? time : this.front, stream: this.number, place: this.place };
  }

  /** Whether an earlier run gave a record already, although it stands behind the position that was saved. */
  wasGiven(key: Key, last: Key | null): boolean {
    return key.place <= this.#seen && last !== null && !isBefore(last, key);
  }
}
