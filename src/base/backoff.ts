import { fractionOf } from './fraction.ts';

/** How long to wait after a failure. */
export interface Backoff {
  /** Wait after the first failure, milliseconds. */
  first: number;
  /** Longest wait, milliseconds. */
  most: number;
}

/**
 * Milliseconds to wait after that many failures in a row (from 1): doubling up to the longest, of which the upper half
 * is jitter. The jitter comes from a hash of name and failure count, so two collectors that failed together do not
 * come back together, and the same run waits the same times again.
 */
export function backoffDelay(name: string, failures: number, { first, most }: Backoff): number {
  const full = Math.min(most, first * 2 ** Math.min(failures - 1, 30));
  return Math.round((full / 2) * (1 + fractionOf(`${name}#${failures}`)));
}
