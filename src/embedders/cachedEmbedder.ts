import { listWarnings, type Embedder, type EmbedderContext } from './embedder.ts';
import type { VectorCache } from './vectorCache.ts';

/**
 * Looks every text up in the cache and asks the embedder for each of the others once. Its own vectors are kept for the
 * next time, those of the stand-in never. A cache that cannot be written costs time, not the stream: it is reported once.
 */
export function cachedEmbedder(embedder: Embedder, cache: VectorCache, context: EmbedderContext): Embedder {
  const warn = listWarnings(context);
  let found = 0;
  let writable = true;
  const keep = async (fresh: Map<string, Float32Array>) => {
    try {
      await cache.put(fresh);
      writable = true;
    } catch (error) {
      if (writable)
        warn(`the cache of vectors ${cache.path} cannot be written (${(error as Error).message}): they are made again next time`);
      writable = false;
    }
  };
  return {
    name: embedder.name,
    model: embedder.model,
    get dimension() {
      return embedder.dimension ?? cache.dimension;
    },
    similarityThreshold: embedder.similarityThreshold,
    get counters() {
      const { counters } = embedder;
      return { ...counters, asked: counters.asked + found, cached: counters.cached + found };
    },
    ready: () => embedder.ready(),
    async embed(texts) {
      const missing = [...new Set(texts)].filter((text) => !cache.get(text));
      const { vectors, fallback } = await embedder.embed(missing);
      const fresh = new Map(missing.map((text, at) => [text, { vector: vectors[at]!, fallback: fallback[at]! }]));
      const made = [...fresh].filter(([text, answer]) => !answer.fallback && text.trim() !== '');
      const answers = texts.map((text) => fresh.get(text) ?? { vector: cache.get(text)!, fallback: false });
      await keep(new Map(made.map(([text, { vector }]) => [text, vector])));
      found += texts.length - missing.length;
      return { vectors: answers.map(({ vector }) => vector), fallback: answers.map((answer) => answer.fallback) };
    },
    close: () => embedder.close(),
  };
}
