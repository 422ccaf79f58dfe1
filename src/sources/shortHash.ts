import { createHash } from 'node:crypto';

/** The first `length` hexadecimal digits of the SHA-256 of the parts; 16 digits carry 64 bits. Safe in paths. */
export function shortHash(parts: readonly string[], length = 16): string {
  const hash = createHash('sha256');
  // The length in front keeps ['ab', 'c'] and ['a', 'bc'] apart.
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex').slice(0, length);
}
