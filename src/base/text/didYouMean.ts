import { closest, distance } from 'fastest-levenshtein';

/** Whether two neighbouring letters changed places, the commonest slip, which counts two edits by Levenshtein. */
const isSwap = (word: string, other: string): boolean =>
  word.length === other.length &&
  [...word].some((letter, i) => word.slice(0, i) + (word[i + 1] ?? '') + letter + word.slice(i + 2) === other);

/** The known word nearest to a mistyped one; null when none is near enough to be meant. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const swapped = known.find((other) => isSwap(word, other));
  if (swapped !== undefined) return swapped;
  const best = closest(word, known as string[]);
  return distance(word, best) <= Math.max(1, Math.floor(word.length / 3)) ? best : null;
}

/** The question behind every word that nobody knows: `did you mean "radar"?`; null when none is near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  const meant = nearestWord(word, known);
  return meant === null ? null : `did you mean "${meant}"?`;
}

/** That question, or all the words there are: `known: radar, run`. */
export const meantOrKnown = (word: string, known: readonly string[], label = 'known'): string =>
  didYouMean(word, known) ?? `${label}: ${known.join(', ') || 'none'}`;
