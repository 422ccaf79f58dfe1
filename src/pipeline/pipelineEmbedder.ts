import { cacheFolder } from '../embedders/cacheFolder.ts';
import type { Embedder } from '../embedders/embedder.ts';
import { lexical } from '../embedders/lexical.ts';
import { openChecked } from '../embedders/openEmbedder.ts';
import type { Io } from '../io.ts';
import type { Pipeline } from './definition.ts';

/**
 * The embedder by which a pipeline's topics were found, opened, behind its cache: that of its first operator that names one,
 * else the lexical one. Close it after use. Rejects with the CaducusError of one that cannot start.
 */
export async function pipelineEmbedder({ operators }: Pick<Pipeline, 'operators'>, io: Io): Promise<Embedder> {
  const context = { io, cacheDir: cacheFolder(io.env) };
  const named = operators.find(({ embedder }) => embedder !== undefined)?.embedder;
  return named ? openChecked(named.factory, named.options, context) : lexical.open({}, context);
}
