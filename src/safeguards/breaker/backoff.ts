import { growingDelay } from '../../base/backoff.ts';
import { readFraction } from '../../base/fraction.ts';
import type { BreakerOptions } from './options.ts';

/** Milliseconds to wait on the `opening`th time in a row, from 1, before jitter: w, w m, w m^2 ... up to the most. */
export function plainWait({ waitInOpen, backoff }: BreakerOptions, opening: number): number {
  return growingDelay(opening, { first: waitInOpen, most: Math.max(backoff.max, waitInOpen), multiplier: backoff.multiplier });
}

/** The same with jitter: within `jitter` of the wait to each side, decided by name and generation. */
export function computeWait(options: BreakerOptions, opening: number, name: string, generation: number): number {
  const wait = plainWait(options, opening);
  const { jitter } = options.backoff;
  if (jitter === 0) return wait;
  return Math.max(1, Math.round(wait * (1 + jitter * (2 * readFraction(`${name}\u0000${generation}`) - 1))));
}
