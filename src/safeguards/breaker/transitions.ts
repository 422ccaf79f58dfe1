import { plainWait, computeWait } from './backoff.ts';
import type { BreakerOptions } from './options.ts';
import { emptyWindow } from './slidingWindow.ts';
import type { BreakerState, BreakerStateName, Transition } from './state.ts';
import type { Trip } from './trip.ts';

/** Most waits listed ahead: as many as lie before the longest one is reached, and that one. */
const waitsAhead = 6;

/** Changes the state and starts a generation: what is still under way belongs to the past from here on. */
function enter(state: BreakerState, options: BreakerOptions, to: BreakerStateName, now: number, { why, reason }: Trip): Transition {
  const from = state.state;
  state.state = to;
  state.generation += 1;
  state.since = now;
  state.probes = [];
  state.probed = { calls: 0, failures: 0, slow: 0 };
  if (to !== 'open') state.retryAt = null;
  const denied = state.denied;
  if (to === 'closed' || to === 'disabled') {
    Object.assign(state, { consecutiveFailures: 0, openings: 0, window: emptyWindow(), failures: [], denied: 0 });
  }
  const { name, generation, retryAt } = state;
  const probes = options.permittedCallsInHalfOpen;
  return {
    name,
    from,
    to,
    generation,
    at: now,
    why,
    reason,
    retryAt,
    waits: retryAt === null ? [] : nextWaits(state, options),
    probes,
    denied,
  };
}

/** Opens for the next wait of the back-off. */
export function openFor(state: BreakerState, options: BreakerOptions, now: number, trip: Trip): Transition {
  state.openings += 1;
  state.retryAt = now + computeWait(options, state.openings, state.name, state.generation + 1);
  return enter(state, options, 'open', now, trip);
}

/** Opens until data comes back. */
export function openBlind(state: BreakerState, options: BreakerOptions, now: number, trip: Trip): Transition {
  state.retryAt = null;
  return enter(state, options, 'open', now, trip);
}

export const halfOpen = (state: BreakerState, options: BreakerOptions, now: number, reason: string): Transition =>
  enter(state, options, 'half_open', now, { why: reason, reason });

/** Closed, forced open or disabled: by success, or by a person. */
export const settle = (
  state: BreakerState,
  options: BreakerOptions,
  to: 'closed' | 'forced_open' | 'disabled',
  now: number,
  reason: string,
): Transition => enter(state, options, to, now, { why: reason, reason });

function nextWaits({ openings }: BreakerState, options: BreakerOptions): number[] {
  const waits: number[] = [];
  for (let ahead = 1; ahead <= waitsAhead; ahead += 1) {
    const wait = plainWait(options, openings + ahead);
    if (waits.at(-1) === wait) break;
    waits.push(wait);
  }
  return waits;
}
