/** https://en.wikipedia.org/wiki/Xorshift; 0 to below `most`. */
export function randomFrom(seed: number): (most: number) => number {
  let x = (seed * 2_654_435_761) >>> 0 || 1;
  const next = (most: number) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % most;
  };
  for (let i = 0; i < 8; i += 1) next(2);
  return next;
}
