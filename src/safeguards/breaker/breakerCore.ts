import type { BreakerState, Outcome, Permit, Transition } from './state.ts';

/** Leave to make a call, or why there is none. */
export type Acquired =
  { permit: Permit; transitions: Transition[] } | { permit: null; why: string; retryAt: number | null; transitions: Transition[] };

/** The machine of a breaker, without the guard that is built on it. */
export interface BreakerCore {
  start(now: number): BreakerState;
  /** Asks for leave to make a call. */
  acquire(state: BreakerState, now: number): Acquired;
  /** Reports how a call went. Of an older generation, or of a probe that expired, it changes nothing. */
  record(state: BreakerState, now: number, permit: Permit, outcome: Outcome): Transition[];
  /** Gives back a permit whose call was never made, or never ended of its own. */
  release(state: BreakerState, permit: Permit): void;
  /** Something came of what is guarded, whether or not it was an outcome. Ends "no data". */
  heard(state: BreakerState, now: number): Transition[];
  /** Time goes on: waits end, probes expire, silence becomes no data. */
  tick(state: BreakerState, now: number): Transition[];
  /** When `tick` next has something to do; null when it does not. */
  due(state: BreakerState): number | null;
  /** By a person: stays open, stays out of the way, or starts over closed. */
  forceOpen(state: BreakerState, now: number, why: string): Transition[];
  disable(state: BreakerState, now: number, why: string): Transition[];
  close(state: BreakerState, now: number, why: string): Transition[];
}
