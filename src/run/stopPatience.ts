/** How long a run that was stopped goes on with what it has begun, and then with its last checkpoint, milliseconds. */
const patience = { work: 3000, checkpoint: 6000 };

/**
 * Thrown in the midst of work by a run that was stopped and is not done in time. It is no failure: the last checkpoint
 * counts, as after a kill, and what came behind it comes again when the pipeline runs next.
 */
export class CutShort extends Error {
  constructor() {
    super('stopped, and not done in time');
  }
}

/** For how long a run that was stopped may still work. */
export class StopPatience {
  readonly #monotonic: () => number;
  #stoppedAt: number | null = null;

  /** @param monotonic milliseconds of a clock that is never set */
  constructor(stop: AbortSignal, monotonic: () => number) {
    this.#monotonic = monotonic;
    const note = () => void (this.#stoppedAt ??= monotonic());
    if (stop.aborted) note();
    else stop.addEventListener('abort', note, { once: true });
  }

  /** Whether it is over for that part of the work. */
  isOver(part: keyof typeof patience): boolean {
    return this.#stoppedAt !== null && this.#monotonic() - this.#stoppedAt >= patience[part];
  }
}
