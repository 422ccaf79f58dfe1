import { readFraction } from './fraction.ts';

/** How long to wait after a failure. */
export interface Backoff {
  /** Wait after the first failure, milliseconds. */
  first: number;
  /** Longest wait, milliseconds. */
  most: number;
  /** By how much each wait is longer than the one before it. */
  multiplier?: number;
}

/** Milliseconds to wait after that many failures in a row (from 1): growing up to the longest. */
export function growingDelay(failures: number, { first, most, multiplier = 2 }: Backoff): number {
  // With the multiplier at least 1 the power grows or stays; past 2^1024 it is Infinity, which the most caps.
  return Math.min(most, first * multiplier ** (failures - 1));
}

/**
 * The same, of which the upper half is jitter. The jitter comes from a hash of name and failure count, so two collectors
 * that failed together do not come back together, and the same run waits the same times again.
 */
export function backoffDelay(name: string, failures: number, backoff: Backoff): number {
  return Math.round((growingDelay(failures, backoff) / 2) * (1 + readFraction(`${name}#${failures}`)));
}
