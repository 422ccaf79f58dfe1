import { join } from 'node:path';
import { openFolderVectorStore } from '../../embedders/folderVectorStore.ts';
import type { Analysis } from '../../memory/classic/analyze.ts';
import { embedLexical, LEXICAL_MODEL } from '../../memory/text/lexical.ts';
import type { CliContext } from '../shared/context.ts';

/**
 * Keeps a vector for each topic of an analysis, as a record a file, in `vectors_dir` (or where
 * `biblicus.reinforcement_memory.vector_store.path` says). Topics that are there already cost nothing.
 */
export async function keepVectors({ topics }: Analysis, { io, dataDir, layered }: CliContext): Promise<void> {
  const store = await openFolderVectorStore(io, layered.settings.vectors_dir || join(dataDir, 'vectors'));
  try {
    const vectors = topics.map(({ topic_id: topicId, group_id: groupId, pattern: text }) => ({
      topicId,
      groupId,
      text,
      model: LEXICAL_MODEL,
      vector: embedLexical(text),
    }));
    // A pattern without a word, all of it variable, has no direction.
    await store.put(vectors.filter(({ vector }) => vector.some((part) => part !== 0)));
  } finally {
    await store.close();
  }
}
