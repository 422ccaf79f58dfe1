import type { Embedder } from './embedder.ts';
import type { Neighbour, StoredVector, VectorStore } from './vectorStore.ts';

/** A topic by what is constant in its founding template. */
export type TopicText = Pick<StoredVector, 'topicId' | 'groupId' | 'text'>;

export interface NearestTopicsQuery {
  text: string;
  /** Topics wanted. */
  limit: number;
  /** Only topics of this group; of all when left out. */
  groupId?: string;
  /** Least cosine, -1 to 1. */
  minSimilarity?: number;
}

/**
 * The topics nearest to a text, as that embedder sees it: exact cosine, nearest first, equals by id. Vectors of topics that
 * `store` lacks are made and kept there. A topic for which only a stand-in could be had is not found.
 * null when the embedder cannot answer for the text itself: then only words can be compared (`nearestTopics` of memory).
 */
export async function nearestTopics(
  { embedder, store }: { embedder: Embedder; store: VectorStore },
  topics: readonly TopicText[],
  { text, limit, ...query }: NearestTopicsQuery,
): Promise<Neighbour[] | null> {
  const { vectors, fallback } = await embedder.embed([text, ...topics.map((topic) => topic.text)]);
  if (fallback[0]) return null;
  const { model } = embedder;
  // Neither is a text without a word: it has no direction.
  const known = (at: number) => !fallback[at] && vectors[at]!.some((part) => part !== 0);
  await store.put(topics.flatMap((topic, at) => (known(at + 1) ? [{ ...topic, model, vector: vectors[at + 1]! }] : [])));
  const ids = new Set(topics.map(({ topicId }) => topicId));
  // The store may hold topics that were forgotten since, and those of other pipelines.
  const all = await store.nearest({ ...query, vector: vectors[0]!, model, limit: Number.POSITIVE_INFINITY });
  return all.filter(({ topicId }) => ids.has(topicId)).slice(0, limit);
}
