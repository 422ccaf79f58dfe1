import type { Io } from '../../io.ts';

/**
 * The time by which a live run counts the silence of its sources, milliseconds. Between two looks it goes on by `limit` at
 * most: a process that was stopped, put to sleep or held up by a slow sink must not take its own pause for silence, and
 * close windows whose records are waiting to be read. It goes on over restarts, without the time in between, and it is not
 * moved by a wall clock that is set.
 */
export class LiveClock {
  readonly #io: Io;
  readonly #limit: number;
  #seen: number;
  #at = 0;

  constructor(io: Io, limit: number) {
    this.#io = io;
    this.#limit = limit;
    this.#seen = io.monotonic();
  }

  /** What the clock showed at the last look. */
  get at(): number {
    return this.#at;
  }

  look(): number {
    const now = this.#io.monotonic();
    this.#at += Math.min(Math.max(0, now - this.#seen), this.#limit);
    this.#seen = now;
    return this.#at;
  }

  /** Goes on from a time of an earlier run. */
  restore(at: number): void {
    this.#at = at;
    this.#seen = this.#io.monotonic();
  }
}
