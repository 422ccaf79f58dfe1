import { CaducusError } from '../../errors.ts';
import type { Pipeline } from '../../pipeline/definition.ts';

/**
 * The pipeline with every source that can go on reading set to do so: what `--follow` means. Throws CAD002 when none can, and
 * none goes on by itself.
 */
export function followed(pipeline: Pipeline): Pipeline {
  const sources = pipeline.sources.map((node) =>
    'follow' in (node.options as object) ? { ...node, options: { ...(node.options as object), follow: true } } : node,
  );
  if (sources.some(({ source, options }) => source.spec.live(options))) return { ...pipeline, sources };
  throw new CaducusError('CAD002', { path: '--follow' }, 'no source of this pipeline can go on reading', {
    hint: 'Sources of files, logs, queues and listeners can.',
  });
}
