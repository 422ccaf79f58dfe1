import type { BreakerStateName, Transition } from './state.ts';

/** A transition as plain data, with the names that `--json` prints. */
export interface BreakerResult {
  name: string;
  from: BreakerStateName;
  to: BreakerStateName;
  generation: number;
  at: string;
  why: string;
  /** The same in a few words. */
  reason: string;
  retry_at: string | null;
  waits_ms: number[];
  probes: number;
  /** What was held back since it last left closed. */
  held: number;
  /** What that means for what is behind it. */
  effect: string | null;
}

/** @param effect in words, from whoever knows what is behind the breaker: `4 messages wait in the outbox, 0 lost` */
export function describeTransition(transition: Transition, effect: string | null = null): BreakerResult {
  const { at, retryAt, waits, denied, ...same } = transition;
  const { name, from, to, generation, why, reason, probes } = same;
  const retry = retryAt === null ? null : new Date(retryAt).toISOString();
  return {
    name,
    from,
    to,
    generation,
    at: new Date(at).toISOString(),
    why,
    reason,
    retry_at: retry,
    waits_ms: waits,
    probes,
    held: denied,
    effect,
  };
}
