import type { z } from 'zod';
import type { Json } from '../../src/event.ts';
import type { OpenSource, Source, SourceBatch, SourceContext } from '../../src/sources/source.ts';

/** A source that was opened as a run opens it, and the way to stop it. */
export interface Opened extends OpenSource {
  iterator: AsyncIterator<SourceBatch>;
  stop(): void;
}

/** Opens a source with its options parsed, at a saved position that has been through JSON. */
export function openSource<Options extends z.ZodType>(
  source: Source<Options>,
  options: z.input<Options>,
  context: Partial<SourceContext> & Pick<SourceContext, 'io'>,
): Opened {
  const abort = new AbortController();
  const from = context.from === undefined ? null : (JSON.parse(JSON.stringify(context.from)) as Json);
  const open = source.spec.open(source.spec.options.parse(options) as never, {
    id: source.spec.name,
    signal: abort.signal,
    ...context,
    from,
  });
  return { ...open, iterator: open.batches[Symbol.asyncIterator](), stop: () => abort.abort() };
}
