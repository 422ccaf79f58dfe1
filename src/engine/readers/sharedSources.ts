import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import type { Transport } from '../transport.ts';
import { offeredSource } from './offeredSource.ts';

/** A source that several processes read. */
export interface SharedSource {
  node: SourceNode;
  /** How many parts it is read in; null where each process reads what comes to itself. */
  parts: number | null;
}

/** Sources that several processes read; the others are opened by who gives arrivals their number. */
export function listShared({ sources }: Pick<Pipeline, 'sources'>): SharedSource[] {
  return sources.flatMap((node) => {
    const readers = node.source.spec.readers(node.options);
    if (readers === 'one' || !node.source.spec.live(node.options)) return [];
    return [{ node, parts: readers === 'each' ? null : readers.parts }];
  });
}

/** A pipeline whose shared sources are what their readers have offered. */
export function withOffered(pipeline: Pipeline, transport: Transport): Pipeline {
  const shared = new Map(listShared(pipeline).map(({ node, parts }) => [node.id, parts]));
  const sources = pipeline.sources.map((node) => (shared.has(node.id) ? offeredSource(node, transport, shared.get(node.id)!) : node));
  return { ...pipeline, sources };
}
