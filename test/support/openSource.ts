import type { Json } from '../../src/event.ts';
import type { OpenSource, SourceBatch, SourceContext, SourceEntry } from '../../src/sources/source.ts';

/** A source that was opened as a run opens it, and the way to stop it. */
export interface Opened extends OpenSource {
  iterator: AsyncIterator<SourceBatch>;
  stop(): void;
}

/** Opens a source with its options parsed, at a saved position that has been through JSON. */
export function openSource({ spec }: SourceEntry, options: unknown, context: Partial<SourceContext> & Pick<SourceContext, 'io'>): Opened {
  const abort = new AbortController();
  const from = context.from === undefined ? null : (JSON.parse(JSON.stringify(context.from)) as Json);
  const open = spec.open(spec.options.parse(options), {
    id: spec.name,
    signal: abort.signal,
    ...context,
    from,
  });
  return { ...open, iterator: open.batches[Symbol.asyncIterator](), stop: () => abort.abort() };
}
