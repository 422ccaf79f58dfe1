/** How long a run works without a look at the world, milliseconds. */
const stretch = 100;
/** The clock is asked at every so many steps: asking costs more than many of them. */
const steps = 16;

/** When a run that works has to let the world speak: signals of the system, sockets, timers. Results do not depend on it. */
export class Pace {
  readonly #monotonic: () => number;
  #began: number;
  #steps = 0;

  /** @param monotonic milliseconds of a clock that is never set */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
    this.#began = monotonic();
  }

  /** A step is about to be made. True where it has to wait. */
  isDue(): boolean {
    this.#steps += 1;
    return this.#steps % steps === 0 && this.#monotonic() - this.#began >= stretch;
  }

  /** The world has spoken: a new stretch begins. */
  begin(): void {
    this.#began = this.#monotonic();
  }
}
