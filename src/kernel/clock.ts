/** What the clock moves: an operator instance with its next due time. */
export interface Ticker {
  /** Earliest due time over its keys; Infinity when none. */
  readonly nextDue: number;
  /** Ticks the key that is due first. */
  tickFirst(): void;
}

/**
 * The clock of one run. Time travels beside the data: `advance` ticks what is due in (time, chain order, key) order,
 * before the first record at or past that time, so that output does not depend on how the input was cut.
 */
export class RunClock {
  readonly #members: (Ticker | undefined)[] = [];
  #now = Number.NEGATIVE_INFINITY;
  /** It stopped before a member that was not ready: there are more to tick, although the time may be reached. */
  #stopped = false;

  /** The watermark: event time, milliseconds, up to which everything has been ticked. */
  get now(): number {
    return this.#now;
  }

  /** A place in chain order; taken when the operator is created, because subscription runs backwards. */
  reserve(): number {
    return this.#members.push(undefined) - 1;
  }

  attach(slot: number, member: Ticker): void {
    this.#members[slot] = member;
  }

  detach(slot: number): void {
    this.#members[slot] = undefined;
  }

  /**
   * Moves the watermark; earlier times are ignored. Before a member that is not `ready` to be ticked, or has to wait, it
   * stops and returns false: it goes on when it is called again. True when the time is reached.
   */
  advance(time: number, ready?: (member: Ticker) => boolean): boolean {
    if (time <= this.#now && !this.#stopped) return true;
    this.#stopped = false;
    for (;;) {
      let first: Ticker | undefined;
      for (const member of this.#members) {
        if (member && member.nextDue <= time && (!first || member.nextDue < first.nextDue)) first = member;
      }
      if (!first) break;
      if (ready && !ready(first)) {
        this.#stopped = true;
        return false;
      }
      this.#now = Math.max(this.#now, first.nextDue);
      first.tickFirst();
    }
    this.#now = Math.max(this.#now, time);
    return true;
  }

  /** Sets the watermark after a restore, without ticking. */
  restore(time: number): void {
    this.#now = time;
  }
}
