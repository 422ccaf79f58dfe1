import { readConcepts } from './concepts.ts';
import { contentWords, outcomeKey } from './contentWords.ts';
import { embedLexical } from './lexical.ts';
import { readPolarity } from './polarity.ts';
import { gravestWord } from './severity.ts';

/** Concepts two texts must have in common to be one event. */
const LEAST_CONCEPTS = 2;

/** What a text says, as far as it can be compared. Shared between topics: never changed. */
export class TextMeaning {
  readonly words: readonly string[];
  readonly outcome: string;
  /** The gravest word. */
  readonly word: { word: string; bits: number } | null;
  readonly text: string;
  /** What it is about, in any words and order; empty where that is less than two things. */
  readonly concepts: string;
  /** Whether it went well (1), did not (-1), or is not stated. */
  readonly polarity: -1 | 0 | 1;
  #vector: Float32Array | null = null;

  constructor(text: string) {
    this.text = text;
    const { key, count } = readConcepts(text);
    this.concepts = count >= LEAST_CONCEPTS ? key : '';
    this.polarity = readPolarity(text);
    this.words = contentWords(text);
    this.outcome = outcomeKey(text);
    this.word = gravestWord(text);
  }

  /** Its lexical vector, made when it is first asked for: most texts share too little with any other to be compared. */
  get vector(): Float32Array {
    return (this.#vector ??= embedLexical(this.text));
  }
}

/** Texts that are remembered: groups of one program say the same things, and a meaning depends on the text alone. */
const MOST = 4096;
const known = new Map<string, TextMeaning>();

/** The meaning of a text; the same text always has the same. */
export function extractMeaning(text: string): TextMeaning {
  const found = known.get(text);
  if (found) return found;
  const meaning = new TextMeaning(text);
  if (known.size >= MOST) known.clear();
  known.set(text, meaning);
  return meaning;
}
