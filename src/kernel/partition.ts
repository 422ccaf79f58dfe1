/** Parts that keys are divided into: each has its share of a bound, so that it does not depend on the others. */
export const PARTITIONS = 64;

/** A hash of a key, 32 bits (FNV-1a with a final mix, for the high bits of short keys). */
export function hashKey(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
