import { expandAbbreviation } from './abbreviations.ts';
import { mix32 } from '../../base/digest.ts';
import { isStopWord } from './contentWords.ts';
import { hashWord } from '../scan/words.ts';

/** Length of a lexical vector. */
export const LEXICAL_DIMENSION = 256;
/** Names the space: vectors of another version are not compared with these. */
export const LEXICAL_MODEL = 'lexical-2';
/** Cosine from which two texts are taken for the same topic. */
export const LEXICAL_THRESHOLD = 0.8;

/** Places of the vector a feature adds to: several, so that two features rarely share them all. */
const PLACES = 4;
/** A part of a compound, or the stem of a word, beside the word itself. */
const PART = 0.5;
const STEM_LENGTH = 5;
/** An abbreviation beside the word it stands for, which has the full weight. */
const SHORT = 0.3;
/** All three-letter pieces of a word together, beside the word itself: forms of one word share most of them. */
const PIECES = 0.5;
const SHORTEST_IN_PIECES = 4;
/** SIF weights a / (a + p(word)) with a = 1e-3 (Arora, Liang, Ma 2017), p the share of the word in running text. */
const SIF = 1e-3;
const STOP_SHARE = 2e-2;
const RARE_SHARE = 1e-5;
/** Words so common in logs that they hardly tell lines apart. */
const COMMON_SHARE = 5e-4;
const common = new Set(
  'info debug warn warning error message log id value name type request service server client user time ms'.split(' '),
);

/**
 * The vector of a text: its words (abbreviations with what they stand for), the parts of its compounds
 * (`PacketResponder`, `read_timeout`), stems and three-letter pieces, each hashed to a few signed places and weighted
 * by how much it tells. Length one, or all zero for a text without words.
 * It needs no model and no download, and the same text has the same vector everywhere.
 */
export function embedLexical(text: string): Float32Array {
  const vector = new Float32Array(LEXICAL_DIMENSION);
  for (const [feature, weight] of extractFeatures(text)) {
    let hash = mix32(hashWord(feature));
    for (let i = 0; i < PLACES; i++) {
      hash = mix32(hash + 0x9e3779b9);
      vector[(hash >>> 1) % LEXICAL_DIMENSION]! += hash & 1 ? weight : -weight;
    }
  }
  let norm = 0;
  for (const x of vector) norm += x * x;
  if (norm > 0) for (let i = 0, scale = 1 / Math.sqrt(norm); i < vector.length; i++) vector[i]! *= scale;
  return vector;
}

/** Features of a text with their weights; a feature counts once however often it stands there. */
export function extractFeatures(text: string): Map<string, number> {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) => {
    if (weight > (features.get(feature) ?? 0)) features.set(feature, weight);
  };
  for (const compound of text.match(/\p{L}+/gu) ?? []) {
    const whole = compound.toLowerCase();
    const weight = computeWeight(whole);
    const full = expandAbbreviation(whole);
    add(whole, full === undefined ? weight : weight * SHORT);
    if (full !== undefined) add(full, computeWeight(full));
    for (const word of full === undefined ? [whole] : [whole, full])
      if (word.length > STEM_LENGTH) add(`${word.slice(0, STEM_LENGTH)}*`, computeWeight(word) * PART);
    if (whole.length >= SHORTEST_IN_PIECES) addPieces(whole, weight, add);
    const parts = compound.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu) ?? [];
    if (parts.length > 1) for (const part of parts) if (part.length > 1) add(part.toLowerCase(), computeWeight(part.toLowerCase()) * PART);
  }
  return features;
}

/** The three-letter pieces of a word with its ends marked, as in fastText (Bojanowski et al. 2017), in all `PIECES` long. */
function addPieces(word: string, weight: number, add: (feature: string, weight: number) => void): void {
  const marked = `^${word}$`;
  const pieces = marked.length - 2;
  for (let at = 0; at < pieces; at += 1) add(`#${marked.slice(at, at + 3)}`, (weight * PIECES) / Math.sqrt(pieces));
}

function computeWeight(word: string): number {
  const share = isStopWord(word) || word.length === 1 ? STOP_SHARE : common.has(word) ? COMMON_SHARE : RARE_SHARE;
  return SIF / (SIF + share);
}

/** Cosine of two vectors of length one. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
