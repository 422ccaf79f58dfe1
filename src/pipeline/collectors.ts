import { stringify } from 'yaml';
import { CaducusError, CaducusErrors, type Where } from '../errors.ts';
import type { JsonObject } from '../event.ts';
import type { SourceNode } from './definition.ts';
import { loadPipeline, type LoadContext } from './load.ts';

/** Says where a path of the configuration was written; `key` asks for its name and not for its value. */
export type Locate = (path: readonly string[], part: 'key' | 'value') => Where;

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
    throw new CaducusErrors(error.errors.map((one) => moved(one, locate)));
  }
}

/** The same error at the place in the layer that wrote it. */
function moved({ code, where, what, hint }: CaducusError, locate: Locate): CaducusError {
  const path = (where.path ?? 'sources').split('.').with(0, 'collectors');
  const { text = '', length = 0 } = where.excerpt ?? {};
  const start = (where.column ?? 1) - 1;
  const aboutKey = code === 'CAD014' || code === 'CAD016';
  const place = aboutKey ? locate([...path, text.slice(start, start + length)], 'key') : locate(path, 'value');
  return new CaducusError(code, { ...place, path: place.file ? path.join('.') : `${place.path} ${path.join('.')}` }, what, { hint });
}
