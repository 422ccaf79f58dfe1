import { stringify } from 'yaml';
import { CaducusErrors } from '../errors.ts';
import type { JsonObject } from '../event.ts';
import { moveError, type Locate } from './checkSubtree.ts';
import type { SourceNode } from './definition.ts';
import { loadPipeline, type LoadContext } from './load.ts';

/**
 * The `collectors:` of the configuration as checked sources, in the same words as a pipeline's; variables were replaced
 * with the layers. Throws CaducusErrors, each where `locate` says that its path was written.
 */
export function loadCollectors(
  collectors: JsonObject,
  { registry, unknown }: Pick<LoadContext, 'registry' | 'unknown'>,
  locate: Locate,
): SourceNode[] {
  if (Object.keys(collectors).length === 0) return [];
  // A dollar sign that is left belongs to a value.
  const text = stringify({ name: 'collect', sources: collectors }).replaceAll('${', '$${');
  try {
    return loadPipeline('configuration', text, { registry, unknown, variables: { env: {}, config: () => undefined } }).sources;
  } catch (error) {
    if (!(error instanceof CaducusErrors)) throw error;
    throw new CaducusErrors(
      error.errors.map((one) => moveError(one, (one.where.path ?? 'sources').split('.').with(0, 'collectors'), locate)),
    );
  }
}
