import { contentWords, outcomeKey } from './contentWords.ts';
import { embedLexical } from './lexical.ts';
import { gravestWord } from './severity.ts';

/** What a text says, as far as it can be compared. Shared between topics: never changed. */
export class TextMeaning {
  readonly words: readonly string[];
  readonly outcome: string;
  /** The gravest word. */
  readonly word: { word: string; bits: number } | null;
  readonly #text: string;
  #vector: Float32Array | null = null;

  constructor(text: string) {
    this.#text = text;
    this.words = contentWords(text);
    this.outcome = outcomeKey(text);
    this.word = gravestWord(text);
  }

  /** Its lexical vector, made when it is first asked for: most texts share too little with any other to be compared. */
  get vector(): Float32Array {
    return (this.#vector ??= embedLexical(this.#text));
  }
}

/** Texts that are remembered: groups of one program say the same things, and a meaning depends on the text alone. */
const MOST = 4096;
const known = new Map<string, TextMeaning>();

/** The meaning of a text; the same text always has the same. */
export function meaningOf(text: string): TextMeaning {
  const found = known.get(text);
  if (found) return found;
  const meaning = new TextMeaning(text);
  if (known.size >= MOST) known.clear();
  known.set(text, meaning);
  return meaning;
}
