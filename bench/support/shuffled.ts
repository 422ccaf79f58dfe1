/** The items in an order that depends on the seed alone (Fisher-Yates over a 32-bit xorshift, Marsaglia 2003). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  for (let i = out.length - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
