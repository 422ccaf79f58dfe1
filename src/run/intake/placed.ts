import type { Signal } from '../../signal.ts';

/** Where a record stands among all of a source: by its time, then by its stream, then by its place there. */
export interface Key {
  /** Milliseconds since 1970. */
  time: number;
  /** Number of its stream, in the order in which streams were first seen. */
  stream: number;
  /** Its place in the stream, from 1. */
  place: number;
}

/** A record that waits for its turn. */
export interface Placed extends Key {
  record: Signal;
}

/** Whether one goes before another. */
export const isBefore = (a: Key, b: Key): boolean =>
  a.time < b.time || (a.time === b.time && (a.stream < b.stream || (a.stream === b.stream && a.place < b.place)));
