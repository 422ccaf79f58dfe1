/** Over how long a rate is taken, milliseconds: long enough to be read, short enough to follow. */
const span = 5_000;

/** Rates of counters that only grow, over the last few seconds. */
export class RateMeter {
  readonly #seen = new Map<string, { at: number; count: number }[]>();

  /** Takes a count at a time, milliseconds of a clock that never jumps; returns its rate a second, 0 at the first. */
  take(name: string, count: number, at: number): number {
    const seen = this.#seen.get(name) ?? [];
    seen.push({ at, count });
    // The one that is just old enough stays: it is where the span begins.
    while (seen.length > 2 && at - seen[1]!.at >= span) seen.shift();
    this.#seen.set(name, seen);
    const first = seen[0]!;
    return at > first.at ? (Math.max(0, count - first.count) / (at - first.at)) * 1000 : 0;
  }
}
