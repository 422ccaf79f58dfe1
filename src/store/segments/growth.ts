/** A shorter stretch of event time tells nothing of a rate: a minute. */
const least = 60_000;

/** How fast a store grows, by event time. */
export class Growth {
  newest = Number.NEGATIVE_INFINITY;
  #oldest = Number.POSITIVE_INFINITY;
  #bytes = 0;

  /** An event of that time was stored, milliseconds since 1970. */
  event(time: number): void {
    this.newest = Math.max(this.newest, time);
    this.#oldest = Math.min(this.#oldest, time);
  }

  grew(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Milliseconds of event time until so many more bytes are full; null when nothing can be said. */
  fullIn(bytes: number): number | null {
    const span = this.newest - this.#oldest;
    if (!(span >= least) || this.#bytes === 0) return null;
    return Math.round((Math.max(0, bytes) * span) / this.#bytes);
  }
}
