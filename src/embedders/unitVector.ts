/**
 * A vector of length one in the same direction, so that a cosine is a plain sum of products; zeros stay zeros.
 * null when a number is not finite: such a vector compares with nothing.
 */
export function unitVector(numbers: ArrayLike<number>): Float32Array | null {
  let sum = 0;
  for (let i = 0; i < numbers.length; i += 1) sum += numbers[i]! * numbers[i]!;
  if (!Number.isFinite(sum)) return null;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return Float32Array.from(numbers, (x) => x * scale);
}
