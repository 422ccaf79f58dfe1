import type { Io } from '../../io.ts';

/**
 * Turns for calls, evenly spaced. The quota of an API is the whole account's, people's included, so all sources that
 * read the same place share one.
 */
class CallLimit {
  #next = Number.NEGATIVE_INFINITY;

  async turn(io: Io, interval: number, signal: AbortSignal): Promise<void> {
    const now = io.monotonic();
    const at = Math.max(now, this.#next);
    this.#next = at + interval;
    if (at > now) await io.sleep(at - now, signal);
  }
}

const limits = new WeakMap<Io, Map<string, CallLimit>>();

/** The turns of one place (region, profile, endpoint); the same object for all sources of one program. */
export function callLimit(io: Io, place: string): CallLimit {
  const places = limits.get(io) ?? new Map<string, CallLimit>();
  limits.set(io, places);
  const limit = places.get(place) ?? new CallLimit();
  places.set(place, limit);
  return limit;
}
