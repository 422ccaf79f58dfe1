const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
/** Two letters by ten bits, the lower five first. */
const pairs = Array.from({ length: 1024 }, (_, bits) => alphabet[bits & 31]! + alphabet[bits >> 5]!);

/**
 * Two 32-bit lanes of a multiply-and-rotate hash over UTF-16 code units. Fast and well mixed, not cryptographic:
 * it names things, it never protects them.
 */
function lanes(text: string, seed: number): [number, number] {
  let a = (0x9e3779b1 ^ seed) | 0;
  let b = (0x7feb352d + seed) | 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul((a << 13) | (a >>> 19), 0x85ebca6b) ^ c;
    b = Math.imul(b ^ c, 0xc2b2ae35) + ((b >>> 15) | 0);
  }
  return [mix32(a ^ (b >>> 16) ^ text.length), mix32(b ^ (a << 7))];
}

/** Spreads every input bit over 32 output bits (a bijection, the usual xor-shift and multiply finisher). */
export function mix32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

/**
 * A durable short name for some text: `length` characters (default 16, at most 24) of a 32-letter alphabet without
 * look-alikes (no l, o, 0, 1), safe in paths and URLs. 16 characters carry 80 bits.
 */
export function digest(text: string, length = 16): string {
  let out = '';
  for (let seed = 0; out.length < length; seed++) {
    const [a, b] = lanes(text, Math.imul(seed, 0x51ed270b));
    // Six characters a lane: 30 of its 32 bits.
    out += letters(a);
    if (out.length < length) out += letters(b);
  }
  return out.slice(0, length);
}

/** A number of 53 bits for some text under a seed: what is equal has the same; what is not nearly always another one. */
export function hash53(text: string, seed: number): number {
  const [a, b] = lanes(text, seed);
  return (a >>> 0) * 0x20_0000 + (b >>> 11);
}

const letters = (lane: number): string => pairs[lane & 1023]! + pairs[(lane >>> 10) & 1023]! + pairs[(lane >>> 20) & 1023]!;
