import type { Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Parsing } from '../../sources/parsing/parsing.ts';
import { parsingFile, threadParsing } from '../../sources/parsing/threadParsing.ts';
import type { Partitions } from '../runOptions.ts';
import { openPartitions, type Workers } from './openPartitions.ts';

/** The threads that a run has beside its own. */
export interface Threads {
  parsing?: Parsing | undefined;
  partitions?: Partitions | undefined;
}

/**
 * The threads of a run that is to have several: where a source of it reads bytes that can be parsed aside, the first one does
 * that; all others share out the keyed part of the operators. Throws CAD001 when the installation is incomplete.
 */
export async function openThreads(
  pipeline: Pipeline,
  workers: Workers,
  options: { io: Io; isLookedAt: boolean; reads: boolean },
): Promise<Threads> {
  const { io, reads } = options;
  const parses = reads && pipeline.sources.some(({ source, options: given }) => source.spec.parsesAside(given));
  const count = workers.count - Number(parses);
  const partitions = count > 0 ? await openPartitions(pipeline, { ...workers, count }, options) : undefined;
  const parsing = parses ? threadParsing(await parsingFile(io.files), { redact: pipeline.redact }) : undefined;
  return { parsing, partitions };
}
