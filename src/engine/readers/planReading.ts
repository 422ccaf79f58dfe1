import type { Pipeline } from '../../pipeline/definition.ts';
import type { Role } from '../roles/role.ts';
import type { Job } from '../workers/worker.ts';
import { readWith } from './readWith.ts';
import { readOwn, type ReadOwnOptions } from './readOwn.ts';
import { runReader } from './runReader.ts';
import { listShared, type SharedSource } from './sharedSources.ts';

/** What stands before the name of a source and the number of a part of it, among the pieces of work. */
export const readPrefix = 'read.';

export interface PlanReadingOptions extends Pick<ReadOwnOptions, 'io' | 'dataDir' | 'transport' | 'id' | 'self' | 'tell'> {
  role(work: string, signal: AbortSignal): Role;
  pause(signal: AbortSignal): Promise<void>;
}

/** What a process reads of the sources that several read. */
export interface Reading {
  /** Parts, by the name of the work: each is one process's. */
  shared: ReadonlyMap<string, Job>;
  /** What comes to the process itself. */
  own: Job[];
}

/**
 * What is to be read of a pipeline beside what the sequencer opens itself. What is offered is no revision's: the next goes on
 * with what the one before did not take, so that `transport` is that of all of them.
 */
export function planReading(pipeline: Pipeline, options: PlanReadingOptions): Reading {
  const { io, dataDir, transport, role, pause, tell } = options;
  const reading = (source: string, signal: AbortSignal) => ({
    ...role(`reader ${source}`, signal),
    transport,
    pause: () => pause(signal),
  });
  const readPart = ({ node, parts }: SharedSource, index: number, signal: AbortSignal): Promise<void> =>
    readWith(node, pipeline, { io, dataDir, signal, tell, part: { index, of: parts! } }, (feed) =>
      runReader(feed, { ...reading(node.id, signal), source: node.id, reader: `part-${index}` }),
    );
  const shared = new Map<string, Job>();
  const own: Job[] = [];
  for (const source of listShared(pipeline)) {
    const { node, parts } = source;
    if (parts === null) own.push((signal) => readOwn(node, pipeline, { ...options, ...reading(node.id, signal) }));
    for (let i = 0; i < (parts ?? 0); i += 1) shared.set(`${readPrefix}${node.id}.${i}`, (signal) => readPart(source, i, signal));
  }
  return { shared, own };
}
