import type { Io } from '../io.ts';
import { cosine } from '../memory/text/lexical.ts';

/** A vector that is kept: the leader of a topic. */
export interface StoredVector {
  /** Durable id of the topic. */
  topicId: string;
  groupId: string;
  /** Space of the vector, `Embedder.model`. */
  model: string;
  /** Of length one, as embedders give them. */
  vector: Float32Array;
  /** What it stands for. */
  text: string;
}

export interface NearestQuery {
  /** Of length one. */
  vector: Float32Array;
  /** Only vectors of this space are compared. */
  model: string;
  /** Only topics of this group; of all groups when left out. */
  groupId?: string;
  /** Neighbours wanted. */
  limit: number;
  /** Least cosine. */
  minSimilarity?: number;
}

export interface Neighbour {
  topicId: string;
  groupId: string;
  text: string;
  /** Cosine, -1 to 1. */
  similarity: number;
}

/** Keeps the leaders of topics and finds those nearest to a vector. A program may bring its own (a vector database, say). */
export interface VectorStore {
  /** Adds vectors; one of the same topic and space is replaced. Durable when the promise resolves. */
  put(vectors: readonly StoredVector[]): Promise<void>;
  remove(topicIds: readonly string[]): Promise<void>;
  /** Nearest first, equals by topic id. Never more than `limit`, none of another space. */
  nearest(query: NearestQuery): Promise<Neighbour[]>;
  close(): Promise<void>;
}

/** Opens a store; `folder` is where the default one keeps its files. */
export type OpenVectorStore = (io: Pick<Io, 'files'>, folder: string) => Promise<VectorStore>;

/** Cosine of two vectors of length one; null when they cannot be compared. */
export function similarity(a: Float32Array, b: Float32Array): number | null {
  return a.length !== b.length || a.length === 0 ? null : cosine(a, b);
}
