import { emptyWindow, type WindowState } from './slidingWindow.ts';

export type BreakerStateName = 'closed' | 'open' | 'half_open' | 'forced_open' | 'disabled';

/** Leave to make one call. Its outcome counts only while its generation lasts. */
export interface Permit {
  id: number;
  generation: number;
  /** When it was given, milliseconds. */
  at: number;
}

export interface Outcome {
  ok: boolean;
  /** Milliseconds; decides whether the call was slow. */
  duration?: number | undefined;
  /** In a few words what went wrong: `HTTP 503`. */
  why?: string | undefined;
}

/** A change of state, with what explains it. Every one starts a generation. */
export interface Transition {
  name: string;
  from: BreakerStateName;
  to: BreakerStateName;
  /** The generation that begins. */
  generation: number;
  at: number;
  /** One line: `3 failures in a row, threshold 3: timeout 10s, timeout 10s, HTTP 503`. */
  why: string;
  /** Shorter, for a column: `3 failures in a row`. */
  reason: string;
  /** When it will probe; null unless it opened on its own. */
  retryAt: number | null;
  /** The waits that follow if probes go on failing, milliseconds. */
  waits: number[];
  /** Probes that half_open lets through. */
  probes: number;
  /** Calls denied since it last left closed. */
  denied: number;
}

/** Everything a breaker knows: plain JSON. */
export interface BreakerState {
  name: string;
  state: BreakerStateName;
  generation: number;
  since: number;
  consecutiveFailures: number;
  window: WindowState;
  /** Openings in a row without being closed in between; the exponent of the back-off. */
  openings: number;
  /** When it will probe; null when only a person or returning data ends it. */
  retryAt: number | null;
  nextPermit: number;
  /** Probes under way: permit id, and when it expires. */
  probes: { id: number; expires: number }[];
  /** Outcomes of this half_open. */
  probed: { calls: number; failures: number; slow: number };
  lastData: number;
  noData: boolean;
  /** Reasons of the last failures, oldest first, at most 8. */
  failures: string[];
  denied: number;
}

export function startBreaker(name: string, now: number): BreakerState {
  return {
    name,
    state: 'closed',
    generation: 1,
    since: now,
    consecutiveFailures: 0,
    window: emptyWindow(),
    openings: 0,
    retryAt: null,
    nextPermit: 1,
    probes: [],
    probed: { calls: 0, failures: 0, slow: 0 },
    lastData: now,
    noData: false,
    failures: [],
    denied: 0,
  };
}

/** Closed, and with nothing counted: what a new one is. */
export const isClean = ({ state, consecutiveFailures, window, openings, noData }: BreakerState): boolean =>
  state === 'closed' && consecutiveFailures === 0 && window.total.failures + window.total.slow === 0 && openings === 0 && !noData;
