import { LEXICAL_MODEL } from '../memory/text/lexical.ts';
import type { TextVector } from '../memory/topics/vectors.ts';
import type { Embedder, Embedding } from './embedder.ts';

/** An answer as memory takes it: each vector with the space it lies in, which for a stand-in is the lexical one. */
export function textVectors(texts: readonly string[], { vectors, fallback }: Embedding, { model }: Pick<Embedder, 'model'>): TextVector[] {
  return texts.map((text, at) => ({ text, vector: vectors[at]!, space: fallback[at] ? LEXICAL_MODEL : model }));
}
