import { normalForm, splitWords } from './concepts.ts';
import { isStopWord } from './contentWords.ts';
import { cosine } from './lexical.ts';
import { extractMeaning, type TextMeaning } from './meaning.ts';
import { areOpposites } from './opposites.ts';

/** What agreeing in the outcome, and in whether it went well, adds to a cosine; what opposites get in its place. */
const AGREE = 0.1;
const NEVER = -1;

/**
 * Whether two texts of words cannot tell of one event: their outcomes exclude each other, one went well and the other did not, or
 * they are one sentence with other words in the same places (`A to B`, `B to A`).
 */
export function contradict(a: TextMeaning, b: TextMeaning): boolean {
  return areOpposites(a.outcome, b.outcome) || a.polarity * b.polarity < 0 || differInPlace(a.text, b.text);
}

/**
 * How alike two texts are as events: the cosine of their lexical vectors, more where their outcomes agree, -1 where they
 * contradict each other.
 */
export function eventSimilarity(a: string, b: string): number {
  const one = extractMeaning(a);
  const other = extractMeaning(b);
  if (contradict(one, other)) return NEVER;
  const alike = (one.outcome !== '' && one.outcome === other.outcome ? AGREE : 0) + (one.polarity * other.polarity > 0 ? AGREE : 0);
  return cosine(one.vector, other.vector) + alike;
}

/** One sentence, word by word, but for some that say something; a participle that changed its place changes nothing. */
function differInPlace(a: string, b: string): boolean {
  const one = splitWords(a).map(normalForm);
  const other = splitWords(b).map(normalForm);
  if (one.length !== other.length) return false;
  const places = one.flatMap((word, i) => (word === other[i] ? [] : [i]));
  if (places.length === 0 || places.some((i) => isStopWord(one[i]!) || isStopWord(other[i]!))) return false;
  const words = splitWords(a);
  const participles = places.filter((i) => isParticiple(words[i]!)).length;
  const moved = places.length > 1 && one.toSorted().join(' ') === other.toSorted().join(' ');
  if (moved) return participles === 0 || participles === places.length;
  // Where no word is the same there is no place that could be.
  return places.length < one.length;
}

const isParticiple = (word: string): boolean => /(?:ed|ing)$/.test(word) || irregular.has(word);
const irregular = new Set(['lost', 'sent', 'found', 'left', 'built', 'complete', 'run', 'begun', 'set', 'read', 'written', 'done']);
