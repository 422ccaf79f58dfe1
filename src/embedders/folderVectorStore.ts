import { recordLine } from '../base/recordText.ts';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile, type Io } from '../io.ts';
import { inLanes } from '../store/inLanes.ts';
import { similarity, type Neighbour, type StoredVector, type VectorStore } from './vectorStore.ts';

/** A record as it lies in the folder. `vector_id` is its primary key and its file's name. */
const record = z.looseObject({
  vector_id: z.string(),
  topic_id: z.string(),
  group_id: z.string(),
  model: z.string(),
  text: z.string(),
  vector: z.array(z.number()),
});

export interface FolderVectorStore extends VectorStore {
  /** Files that were no records, and are left out. */
  readonly damaged: readonly string[];
}

/**
 * The default: one JSON file a vector in a plain folder, all of them in memory, compared one by one. Exact, and fast
 * enough: 10,000 vectors of 512 numbers are looked through in less than 100 ms. Nothing is written that is there already.
 */
export async function openFolderVectorStore(io: Pick<Io, 'files'>, folder: string): Promise<FolderVectorStore> {
  const { files } = io;
  await files.makeFolder(folder);
  const held = new Map<string, StoredVector>();
  const damaged: string[] = [];
  await inLanes(
    (await files.list(folder)).filter((name) => name.endsWith('.json')),
    async (name) => {
      const stored = parseRecord(await files.readText(join(folder, name)));
      if (stored) held.set(name, stored);
      else damaged.push(name);
    },
  );
  return {
    damaged,
    async put(vectors) {
      // By name, so that one that is given twice is written once, its last form.
      const fresh = new Map(
        vectors.map((stored) => [readName(stored), stored] as const).filter(([name, stored]) => !isSame(held.get(name), stored)),
      );
      await inLanes(fresh, async ([name, stored]) => {
        await replaceFile(files, join(folder, name), new TextEncoder().encode(makeRecord(name, stored)), { fsync: 'file' });
        held.set(name, stored);
      });
      if (fresh.size > 0) await files.syncFolder(folder);
    },
    async remove(topicIds) {
      const gone = new Set(topicIds);
      for (const [name, { topicId }] of held) {
        if (!gone.has(topicId)) continue;
        await files.remove(join(folder, name));
        held.delete(name);
      }
    },
    async nearest({ vector, model, groupId, limit, minSimilarity = -1 }) {
      const found: Neighbour[] = [];
      for (const stored of held.values()) {
        if (stored.model !== model || (groupId !== undefined && stored.groupId !== groupId)) continue;
        const close = similarity(vector, stored.vector);
        if (close === null || close < minSimilarity) continue;
        found.push({ topicId: stored.topicId, groupId: stored.groupId, text: stored.text, similarity: close });
      }
      found.sort((a, b) => b.similarity - a.similarity || (a.topicId < b.topicId ? -1 : 1));
      return found.slice(0, limit);
    },
    close: async () => {},
  };
}

/** Topic ids are data: a hash makes a name of any of them, the same every time. */
const readName = ({ topicId, model }: StoredVector): string =>
  `${createHash('sha256')
    .update(JSON.stringify([topicId, model]))
    .digest('hex')
    .slice(0, 32)}.json`;

/** Nine significant digits bring a 32-bit float back exactly. */
function makeRecord(name: string, { topicId, groupId, model, text, vector }: StoredVector): string {
  const numbers = Array.from(vector, (x) => Number(x.toPrecision(9)));
  const written = { vector_id: name.slice(0, -'.json'.length), topic_id: topicId, group_id: groupId, model, text, vector: numbers };
  return recordLine(written);
}

function parseRecord(text: string): StoredVector | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = record.safeParse(json);
  if (!read.success) return null;
  const { topic_id: topicId, group_id: groupId, model, vector } = read.data;
  return { topicId, groupId, model, text: read.data.text, vector: Float32Array.from(vector) };
}

function isSame(a: StoredVector | undefined, b: StoredVector): boolean {
  return (
    a?.text === b.text && a.groupId === b.groupId && a.vector.length === b.vector.length && a.vector.every((x, at) => x === b.vector[at])
  );
}
