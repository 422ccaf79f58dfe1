import { cachedEmbedder } from './cachedEmbedder.ts';
import type { Embedder, EmbedderContext, EmbedderFactory } from './embedder.ts';
import { embedders } from './index.ts';
import { openVectorCache } from './vectorCache.ts';
import { CaducusError } from '../errors.ts';
import { LEXICAL_MODEL } from '../memory/text/lexical.ts';

/**
 * Opens an embedder by name, behind its cache of vectors; the lexical one, which is faster than any cache, without.
 * `more` are embedders a program brings itself. Throws CAD014 for a name nobody has, a ZodError for wrong options.
 */
export async function openEmbedder(
  name: string,
  options: unknown,
  context: EmbedderContext,
  more: readonly EmbedderFactory[] = [],
): Promise<Embedder> {
  const all = [...embedders, ...more];
  const factory = all.find(({ spec }) => spec.name === name);
  if (!factory) {
    const known = all.map(({ spec }) => spec.name).join(', ');
    throw new CaducusError('CAD014', { path: 'embedder' }, `unknown embedder ${JSON.stringify(name)}; known are ${known}`);
  }
  return openChecked(factory, factory.spec.options.parse(options), context);
}

/** The same, of an embedder whose options have been checked. */
export async function openChecked({ spec }: EmbedderFactory, options: unknown, context: EmbedderContext): Promise<Embedder> {
  const embedder = await spec.open(options, context);
  if (embedder.model === LEXICAL_MODEL) return embedder;
  const cache = await openVectorCache({ io: context.io, cacheDir: context.cacheDir, model: embedder.model });
  if (cache.dimension !== null) embedder.expect?.(cache.dimension);
  return cachedEmbedder(embedder, cache, context);
}
