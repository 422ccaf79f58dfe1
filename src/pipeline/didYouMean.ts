import { closest, distance } from 'fastest-levenshtein';

/** Whether two neighbouring letters changed places, the commonest slip, which counts two edits by Levenshtein. */
const isSwap = (word: string, other: string): boolean =>
  word.length === other.length &&
  [...word].some((letter, i) => word.slice(0, i) + (word[i + 1] ?? '') + letter + word.slice(i + 2) === other);

/** The known word nearest to a mistyped one; null when none is near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const swapped = known.find((other) => isSwap(word, other));
  if (swapped !== undefined) return swapped;
  const best = closest(word, known as string[]);
  return distance(word, best) <= Math.max(1, Math.floor(word.length / 3)) ? best : null;
}
