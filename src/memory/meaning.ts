import { contentWords, outcomeKey } from './contentWords.ts';
import { embedLexical } from './lexical.ts';
import { gravestWord } from './severity.ts';

/** What a text says, as far as it can be compared. Shared between topics: never changed. */
export interface TextMeaning {
  readonly words: string[];
  readonly outcome: string;
  readonly word: { word: string; bits: number } | null;
  /** Its lexical vector. */
  readonly vector: Float32Array;
}

/** Texts that are remembered: groups of one program say the same things, and a meaning depends on the text alone. */
const MOST = 4096;
const known = new Map<string, TextMeaning>();

/** The meaning of a text; the same text always has the same. */
export function meaningOf(text: string): TextMeaning {
  const found = known.get(text);
  if (found) return found;
  const meaning = {
    words: contentWords(text),
    outcome: outcomeKey(text),
    word: gravestWord(text),
    vector: embedLexical(text),
  };
  if (known.size >= MOST) known.clear();
  known.set(text, meaning);
  return meaning;
}
