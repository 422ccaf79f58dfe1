import type { BreakerResult } from '../../results/breakerResult.ts';
import type { Transition } from './state.ts';

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
