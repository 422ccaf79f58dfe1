import type { BreakerOptions } from './options.ts';

/** A fraction in [0, 1) from a text: FNV-1a, 32 bits, so that the same breaker waits the same in every replay. */
export function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV leaves the last characters in the low bits; one round of murmur3's finalizer spreads them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Milliseconds to wait on the `opening`th time in a row, from 1, before jitter: w, w m, w m^2 ... up to the most. */
export function plainWait({ waitInOpen, backoff }: BreakerOptions, opening: number): number {
  // With the multiplier at least 1 the power grows or stays; past 2^1024 it is Infinity, which the most caps.
  return Math.min(Math.max(backoff.max, waitInOpen), waitInOpen * backoff.multiplier ** (opening - 1));
}

/** The same with jitter: within `jitter` of the wait to each side, decided by name and generation. */
export function waitOf(options: BreakerOptions, opening: number, name: string, generation: number): number {
  const wait = plainWait(options, opening);
  const { jitter } = options.backoff;
  if (jitter === 0) return wait;
  return Math.max(1, Math.round(wait * (1 + jitter * (2 * fractionOf(`${name}\u0000${generation}`) - 1))));
}
