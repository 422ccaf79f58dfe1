import type { Flow } from '../../kernel/defineOperator.ts';
import type { SignalObserver } from '../../pipeline/wire.ts';
import type { SignalMatch } from './tapMatch.ts';

/** What became of what went by. seen = passed + unseen + taken + full, where passed did not match. */
export interface TapCounts {
  /** Went by. */
  seen: number;
  /** Not looked at: there was no time without slowing the run. */
  unseen: number;
  /** Taken into the sample. */
  taken: number;
  /** Matched, and let go of: the sample was full. */
  full: number;
}

export interface TapLimits {
  /** Signals that may wait to be fetched. */
  waiting: number;
  /** Time that may be spent on looking between two fetches, milliseconds. */
  looking: number;
}

/**
 * Takes a sample of what goes by, without holding it up: a bounded number of signals, and a bounded time to look for those
 * that match. What there was no room or no time for is counted.
 */
export class TapSampler implements SignalObserver {
  readonly counts: TapCounts = { seen: 0, unseen: 0, taken: 0, full: 0 };
  readonly #match: SignalMatch | null;
  readonly #limits: TapLimits;
  readonly #clock: () => number;
  #waiting: Flow[] = [];
  #left: number;

  constructor(match: SignalMatch | null, limits: TapLimits, clock: () => number) {
    this.#match = match;
    this.#limits = limits;
    this.#clock = clock;
    this.#left = limits.looking;
  }

  next(signal: Flow): void {
    const { counts } = this;
    counts.seen += 1;
    const isFull = this.#waiting.length >= this.#limits.waiting;
    if (this.#match) {
      if (isFull || this.#left <= 0) {
        counts.unseen += 1;
        return;
      }
      const began = this.#clock();
      const matches = this.#match(signal);
      this.#left -= this.#clock() - began;
      if (!matches) return;
    } else if (isFull) {
      counts.full += 1;
      return;
    }
    counts.taken += 1;
    this.#waiting.push(signal);
  }

  complete(): void {
    // What was taken can still be fetched.
  }

  /** What was taken since the last time; there is time and room again. */
  take(): Flow[] {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#left = this.#limits.looking;
    return taken;
  }
}
