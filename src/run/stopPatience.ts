/** How long a run that was told to end goes on with what it has begun, and then with its last checkpoint, milliseconds. */
const patience = { work: 3000, checkpoint: 6000 };

/**
 * Thrown in the midst of work by a run that was told to end and is not done in time. It is no failure: the last checkpoint
 * counts, as after a kill, and what came behind it comes again when the pipeline runs next.
 */
export class CutShort extends Error {
  constructor() {
    super('told to end, and not done in time');
  }
}

/** For how long a run that was told to end may still work. */
export class StopPatience {
  readonly #monotonic: () => number;
  #told: number | null = null;

  /** @param monotonic milliseconds of a clock that is never set */
  constructor(stop: AbortSignal, monotonic: () => number) {
    this.#monotonic = monotonic;
    const tell = () => void (this.#told ??= monotonic());
    if (stop.aborted) tell();
    else stop.addEventListener('abort', tell, { once: true });
  }

  /** Whether it is over for that part of the work. */
  isOver(part: keyof typeof patience): boolean {
    return this.#told !== null && this.#monotonic() - this.#told >= patience[part];
  }
}
