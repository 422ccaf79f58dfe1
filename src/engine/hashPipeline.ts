import type { Pipeline } from '../pipeline/definition.ts';
import { readLateness } from '../run/intake/sourceRun.ts';
import { configHash } from '../run/checkpoint/configHash.ts';

/**
 * What states and logs on an engine are made by: all of a pipeline that bears on what the work gives, how many parts it is
 * shared out in, and the release. Processes with another hash do not work together.
 */
export function hashPipeline({ name, redact, sources, operators, sinks }: Pipeline, by: { release: string; partitions: number }): string {
  return configHash(name, [
    by,
    redact,
    sources.map(({ id, name: called, source, options, expected }) => [
      ...[id, called ?? id, source.spec.name, source.spec.identity(options)],
      ...(expected ? [expected] : []),
    ]),
    sources.map(readLateness),
    operators.map(({ id, from, operator, options }) => [id, from, operator.spec.name, operator.spec.stateVersion, options]),
    sinks.map(({ id, from, sink, options }) => [id, from, sink.spec.name, (options as { select?: unknown }).select]),
  ]);
}
