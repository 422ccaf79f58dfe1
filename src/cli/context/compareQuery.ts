import { join } from 'node:path';
import { cacheFolder } from '../../embedders/cacheFolder.ts';
import { openFolderVectorStore } from '../../embedders/folderVectorStore.ts';
import { nearestTopics } from '../../embedders/nearestTopics.ts';
import { openEmbedder } from '../../embedders/openEmbedder.ts';
import { nearestTopics as nearestByWords, type Near } from '../../memory/topics/nearestTopics.ts';
import type { LoadContext } from '../../pipeline/load.ts';
import type { Recall } from '../../store/recall.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { mostNear, type Compared, type Query } from './describeContext.ts';
import type { Known } from '../recall/known.ts';

type Named = NonNullable<Recall['embedder']>;

/**
 * The patterns like a text or a pattern, as the embedder sees it by which the run found its topics: out of the vector store,
 * where what it lacks is put. Lexical vectors are made on the spot, which is faster than reading them, of lines and values
 * too. They also stand in, reported on stderr, while the embedder or the store cannot be had: who asks is in a hurry.
 */
export async function compareQuery(
  query: Exclude<Query, { at: number }>,
  known: Known,
  { registry }: LoadContext,
  cli: CliContext,
): Promise<Compared> {
  const text = 'topic' in query ? query.topic.text : query.text;
  const topics = 'topic' in query ? known.topics.filter((topic) => topic !== query.topic) : known.topics;
  const { embedder } = known.recall;
  if (embedder) {
    try {
      const near = await nearestByMeaning(embedder, { text, topics }, registry, cli);
      if (near) return { near, by: embedder.name };
      await tell(cli, `${embedder.name} does not answer; compared by words.`);
    } catch (error) {
      await tell(cli, `${embedder.name}: ${error instanceof Error ? error.message : String(error)}; compared by words.`);
    }
  }
  return { near: nearestByWords(text, topics, mostNear), by: 'lexical' };
}

/** null when the embedder does not answer for the text. */
async function nearestByMeaning(
  { name, options }: Named,
  { text, topics }: { text: string; topics: Known['topics'] },
  registry: LoadContext['registry'],
  { io, dataDir, layered }: CliContext,
): Promise<Near[] | null> {
  const embedder = await openEmbedder(name, options, { io, cacheDir: cacheFolder(io.env) }, registry.embedders);
  try {
    const store = await (registry.vectorStore ?? openFolderVectorStore)(io, layered.settings.vectors_dir || join(dataDir, 'vectors'));
    try {
      const leaders = topics.map(({ topic_id: topicId, group_id: groupId, text: words }) => ({ topicId, groupId, text: words }));
      const found = await nearestTopics({ embedder, store }, leaders, { text, limit: mostNear });
      const byId = new Map(topics.map((topic) => [topic.topic_id, topic]));
      return found && found.map(({ topicId, similarity }) => ({ topic: byId.get(topicId)!, match: Math.max(0, Math.min(1, similarity)) }));
    } finally {
      await store.close();
    }
  } finally {
    await embedder.close();
  }
}
