import { HASH_PRIME, HASH_SEED } from './words.ts';

const HASH_CODE = 35;

/** Hash of a token as the scanner makes it. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, HASH_PRIME);
  return hash;
}

/** Hash of a token with `#` for each run of digits. */
export function hashLetters(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  let digit = false;
  for (let i = start; i < end; i++) {
    const c = bytes[i]!;
    const isDigit = c >= 48 && c <= 57;
    if (!isDigit) hash = Math.imul(hash ^ c, HASH_PRIME);
    else if (!digit) hash = Math.imul(hash ^ HASH_CODE, HASH_PRIME);
    digit = isDigit;
  }
  return hash;
}
