import { closest, distance } from 'fastest-levenshtein';

/** The known word nearest to a mistyped one; null when none is near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const best = closest(word, known as string[]);
  return distance(word, best) <= Math.max(1, Math.floor(word.length / 3)) ? best : null;
}
