/** Stands for the open position; not VALUE, or the key of one position would be that of another. */
const OPEN = 0x3c3f3e21;

/**
 * Signatures are sums of mixed (token, position) pairs in two lanes, so that the signature with one position left open
 * is had from the whole one by one subtraction (Zobrist's hashing, with sums).
 */
const lane1 = (hash: number, position: number): number => {
  let x = Math.imul(hash ^ Math.imul(position + 1, 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0xc2b2ae35);
  return x ^ (x >>> 13);
};
const lane2 = (mixed: number): number => {
  const x = Math.imul(mixed ^ (mixed >>> 11), 0x27d4eb2f);
  return x ^ (x >>> 15);
};

/** 53 bits of two lanes in one number, exact as a double. */
const join = (a: number, b: number): number => (a >>> 0) * 0x200000 + (b >>> 11);

/** Key of the first `length` hashes; equal exactly when the sequences are (but for one chance in 2^53). */
export function signatureKey(hashes: ArrayLike<number>, length: number): number {
  let a = length;
  let b = 0;
  for (let i = 0; i < length; i++) {
    const mixed = lane1(hashes[i]!, i);
    a = (a + mixed) | 0;
    b = (b + lane2(mixed)) | 0;
  }
  return join(a, b);
}

/** For each position, the key of the sequence with that position open. */
export function openKeys(hashes: readonly number[]): number[] {
  let a = hashes.length;
  let b = 0;
  const mixes = hashes.map((hash, i) => lane1(hash, i));
  for (const mixed of mixes) {
    a = (a + mixed) | 0;
    b = (b + lane2(mixed)) | 0;
  }
  return mixes.map((mixed, i) => {
    const open = lane1(OPEN, i);
    return join((a - mixed + open) | 0, (b - lane2(mixed) + lane2(open)) | 0);
  });
}
