import { z } from 'zod';
import { embedLexical, LEXICAL_DIMENSION, LEXICAL_MODEL, LEXICAL_THRESHOLD } from '../memory/text/lexical.ts';
import { defineEmbedder, newCounters, type Embedder } from './embedder.ts';
import { similarityOption } from './similarityOption.ts';

const options = z.strictObject({ similarityThreshold: similarityOption(LEXICAL_THRESHOLD) });

/**
 * The default: words, parts of compounds and stems, hashed and weighted by how much they tell. It needs no model, is
 * the same everywhere, and is so fast that memory calls it by itself; here it wears the coat of the others, for
 * `context`, evaluations and as what stands in when they fail.
 */
export const lexical = defineEmbedder({
  name: 'lexical',
  summary: 'Compares words and their parts. Built in, nothing to download; it knows no synonyms.',
  options,
  similarityThreshold: LEXICAL_THRESHOLD,
  open: async ({ similarityThreshold }): Promise<Embedder> => {
    const counters = newCounters();
    return {
      name: 'lexical',
      model: LEXICAL_MODEL,
      dimension: LEXICAL_DIMENSION,
      similarityThreshold,
      counters,
      async embed(texts) {
        counters.asked += texts.length;
        counters.embedded += texts.length;
        return { vectors: texts.map(embedLexical), fallback: texts.map(() => false) };
      },
      ready: () => true,
      close: async () => {},
    };
  },
});
