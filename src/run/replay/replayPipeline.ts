import { basename, join, relative } from 'node:path';
import type { Pipeline, SinkNode } from '../../pipeline/definition.ts';

/**
 * The pipeline for a replay: what it writes goes below `folder`, and nothing goes to the outside. Returns the ids of the
 * sinks that were left out, too.
 */
export function replayPipeline(pipeline: Pipeline, folder: string): { pipeline: Pipeline; leftOut: string[] } {
  const leftOut: string[] = [];
  const sinks = pipeline.sinks.flatMap((node): SinkNode[] => {
    const options = node.options as { path?: string; dryRun?: boolean };
    if ('dryRun' in options) return [{ ...node, options: { ...options, dryRun: true } }];
    if (node.sink.spec.name === 'console') return [node];
    if (node.sink.spec.name === 'ndjson' && options.path !== undefined)
      return [{ ...node, options: { ...options, path: inside(options.path, folder) } }];
    if (['folder', 'segments'].includes(node.sink.spec.name)) return [{ ...node, options: { ...options, path: undefined } }];
    leftOut.push(node.id);
    return [];
  });
  return { pipeline: { ...pipeline, sinks }, leftOut };
}

/** A path below the folder stays; any other keeps its name only. */
function inside(path: string, folder: string): string {
  return relative(folder, path).startsWith('..') ? join(folder, 'out', basename(path)) : path;
}
