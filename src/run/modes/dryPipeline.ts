import type { Checkpoints } from '../checkpoint/checkpointer.ts';
import { defineSource, type SourceEntry } from '../../sources/source.ts';
import type { Pipeline } from '../../pipeline/definition.ts';

/** Goes on where the last checkpoint stands, and takes none. */
export function dryCheckpoints(kept: Checkpoints): Checkpoints {
  return {
    ...(kept.folder !== undefined && { folder: kept.folder }),
    restore: () => kept.restore(),
    due: () => false,
    begin: () => true,
    write: async () => {},
    finish: async () => {},
    abandon: async () => {},
  };
}

/** The same source, which acknowledges nothing outside, and throws nothing away. */
function unacknowledged(source: SourceEntry): SourceEntry {
  const { spec } = source;
  const open: typeof spec.open = (options, context) => {
    const { batches, close } = spec.open(options, context);
    return { batches, close };
  };
  return defineSource({ ...spec, open });
}

/**
 * The pipeline for a dry run: nothing is committed outside, and arrivals go to no journal, so that the next real run finds
 * everything as it was. A listener still writes down what it acknowledges; the next real run reads it there.
 */
export function withoutCommits(pipeline: Pipeline): Pipeline {
  const sources = pipeline.sources.map((node) => {
    // Nothing is deleted anyhow: then nothing need be kept hidden for it either.
    const options = 'delete' in (node.options as object) ? { ...(node.options as object), delete: 'never' } : node.options;
    return { ...node, source: unacknowledged(node.source), options };
  });
  return { ...pipeline, sources, checkpoint: { ...pipeline.checkpoint, journal: false } };
}

/**
 * The pipeline of `run --dry-run`: besides, only what shows something is left of the sinks. Those that can print in place
 * of sending (`dry_run`) do so. Returns the ids of the sinks that were left out, too.
 */
export function dryPipeline(pipeline: Pipeline): { pipeline: Pipeline; leftOut: string[] } {
  const shows = (name: string, options: object) => name === 'console' || 'dryRun' in options;
  const kept = pipeline.sinks.filter(({ sink, options }) => shows(sink.spec.name, options as object));
  const sinks = kept.map((node) =>
    'dryRun' in (node.options as object) ? { ...node, options: { ...(node.options as object), dryRun: true } } : node,
  );
  const leftOut = pipeline.sinks.filter((node) => !kept.includes(node)).map(({ id }) => id);
  return { pipeline: withoutCommits({ ...pipeline, sinks }), leftOut };
}
