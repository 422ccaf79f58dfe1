import { evaluateCircuitBreaker } from '../evaluateCircuitBreaker.ts';
import type { BreakerOptions } from './options.ts';
import { expireCalls } from './slidingWindow.ts';
import type { BreakerState } from './state.ts';

/** Why a breaker opens: in a line, and in a few words. */
export interface Trip {
  why: string;
  reason: string;
}

/** Turned off, the threshold lies where no count gets. */
const never = Number.MAX_SAFE_INTEGER;
const percent = (part: number, whole: number) => Math.round((1000 * part) / whole) / 10;

/** Whether a closed breaker must open: failures in a row, then failure rate, then slow rate. */
export function findTrip(state: BreakerState, options: BreakerOptions, now: number): Trip | null {
  const { consecutiveFailures, window, failures } = state;
  const { failureThreshold, failureRateThreshold, slowCallRateThreshold, minimumCalls } = options;
  if (evaluateCircuitBreaker({ consecutiveFailures, failureThreshold: failureThreshold ?? never }).isOpen) {
    const reason = `${count(consecutiveFailures, 'failure')} in a row`;
    const errors = failures.slice(-consecutiveFailures).join(', ');
    return { reason, why: `${reason}, threshold ${failureThreshold}${errors && `: ${errors}`}` };
  }
  expireCalls(window, options.slidingWindow, now);
  const { calls, failures: failed, slow } = window.total;
  if (calls < minimumCalls) return null;
  const rate = (part: number, threshold: number | null, what: string): Trip | null => {
    if (threshold === null || 100 * part < threshold * calls) return null;
    const reason = `${what} rate ${percent(part, calls)} %`;
    return { reason, why: `${reason} of ${calls} calls, threshold ${threshold} %` };
  };
  return rate(failed, failureRateThreshold, 'failure') ?? rate(slow, slowCallRateThreshold, 'slow call');
}

/** Milliseconds an open breaker still denies, by the pure function: its steps are milliseconds here. */
export function remainingCooldown({ retryAt }: BreakerState, now: number): number {
  const cooldownStepsRemaining = retryAt === null ? 0 : Math.max(0, retryAt - now);
  return evaluateCircuitBreaker({ consecutiveFailures: 0, cooldownStepsRemaining }).retryAfterSteps;
}

/** Whether the probes failed, as soon as the ones to come cannot change it; null while that is open. */
export function probesFailed({ probed }: BreakerState, options: BreakerOptions): boolean | null {
  const { permittedCallsInHalfOpen: permitted, failureRateThreshold, slowCallRateThreshold } = options;
  // Without a rate any failure is too much; slow probes then do not matter.
  const failed = failureRateThreshold === null ? probed.failures > 0 : 100 * probed.failures >= failureRateThreshold * permitted;
  const slow = slowCallRateThreshold !== null && 100 * probed.slow >= slowCallRateThreshold * permitted;
  if (failed || slow) return true;
  return probed.calls >= permitted ? false : null;
}

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
