import { notNegative, positive, requireFinite } from './requireFinite.ts';

export interface CircuitBreakerInput {
  /** Failures since the last success; 0 or more. */
  consecutiveFailures: number;
  /** Failures in a row that open the breaker; greater than 0; 3 unless given. */
  failureThreshold?: number | undefined;
  /** Steps of the caller's own measure that are still to be waited out; 0 unless given. */
  cooldownStepsRemaining?: number | undefined;
}

/** The verdict beside the numbers it was reached from, so that a log line explains itself. */
export interface CircuitBreakerState {
  readonly consecutiveFailures: number;
  readonly failureThreshold: number;
  readonly cooldownStepsRemaining: number;
  /** `consecutiveFailures >= failureThreshold`, or a cooldown is still running. */
  readonly isOpen: boolean;
  /** The opposite of `isOpen`. */
  readonly allowOperation: boolean;
  /** The cooldown when open, else 0. An open breaker with 0 here may be probed at once. */
  readonly retryAfterSteps: number;
}

/**
 * Decides whether an operation may go ahead after so many failures in a row. Pure; the breaker machine adds memory.
 *
 * Throws a RangeError that names the parameter: `consecutiveFailures` or `cooldownStepsRemaining` below 0,
 * `failureThreshold` not above 0, or any of them not a finite number.
 */
export function evaluateCircuitBreaker({
  consecutiveFailures,
  failureThreshold = 3,
  cooldownStepsRemaining = 0,
}: CircuitBreakerInput): CircuitBreakerState {
  requireFinite('consecutiveFailures', consecutiveFailures, notNegative);
  requireFinite('failureThreshold', failureThreshold, positive);
  requireFinite('cooldownStepsRemaining', cooldownStepsRemaining, notNegative);
  const isOpen = consecutiveFailures >= failureThreshold || cooldownStepsRemaining > 0;
  return Object.freeze({
    consecutiveFailures,
    failureThreshold,
    cooldownStepsRemaining,
    isOpen,
    allowOperation: !isOpen,
    retryAfterSteps: isOpen ? cooldownStepsRemaining : 0,
  });
}
