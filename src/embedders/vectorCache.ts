import { setNewest } from '../base/evictOldest.ts';
import { dirname, join } from 'node:path';
import { replaceFile, writeAll, type Files, type Io } from '../io.ts';
import { parseVectorLine, vectorLine } from './vectorLine.ts';

export interface VectorCacheOptions {
  io: Pick<Io, 'files'>;
  cacheDir: string;
  /** Space of the vectors, `Embedder.model`. */
  model: string;
  /** Vectors kept; beyond it the oldest go. 20,000 of 512 numbers take 40 MiB of memory and 56 MB on disk. */
  maxEntries?: number;
}

/** Vectors by text, for one model, in `<cacheDir>/vectors/<model>.ndjson`: what was embedded once is never embedded again. */
export interface VectorCache {
  readonly path: string;
  readonly size: number;
  /** Length of the vectors; null while it is empty. */
  readonly dimension: number | null;
  /** Lines that were torn or changed, and are left out. */
  readonly damaged: number;
  get(text: string): Float32Array | undefined;
  /** Adds vectors, in memory and at the end of the file. Rejects when the file cannot be written; memory has them then. */
  put(entries: Iterable<readonly [text: string, vector: Float32Array]>): Promise<void>;
}

/**
 * Reads the cache of a model. Lines are only ever appended, several at a time in one write, so that two processes may
 * share the file and a crash costs its last line. A file that has grown far beyond its bound is written anew.
 */
export async function openVectorCache({ io, cacheDir, model, maxEntries = 20_000 }: VectorCacheOptions): Promise<VectorCache> {
  const { files } = io;
  const path = join(cacheDir, 'vectors', `${model}.ndjson`);
  await files.makeFolder(dirname(path));
  const { vectors, lines, damaged, torn } = await readCache(files, path, maxEntries);
  if (lines > 2 * maxEntries) {
    const kept = [...vectors].map(([text, vector]) => vectorLine(text, vector)).join('');
    await replaceFile(files, path, new TextEncoder().encode(kept));
  }
  let endLine = torn && lines <= 2 * maxEntries;
  return {
    path,
    damaged,
    get size() {
      return vectors.size;
    },
    get dimension() {
      return vectors.values().next().value?.length ?? null;
    },
    get: (text) => vectors.get(text),
    async put(entries) {
      let added = '';
      for (const [text, vector] of entries) {
        if (vectors.has(text)) continue;
        setNewest(vectors, text, vector, maxEntries);
        added += vectorLine(text, vector);
      }
      if (added === '') return;
      const file = await files.open(path, 'a');
      try {
        await writeAll(file, new TextEncoder().encode(endLine ? `\n${added}` : added));
        endLine = false;
      } finally {
        await file.close();
      }
    },
  };
}

/** Streams the file's lines into a map; `torn` when its last line has no end. */
async function readCache(files: Files, path: string, maxEntries: number) {
  const vectors = new Map<string, Float32Array>();
  let lines = 0;
  let damaged = 0;
  let rest = '';
  const take = (line: string) => {
    if (line === '') return;
    lines += 1;
    const read = parseVectorLine(line);
    if (read) setNewest(vectors, read.text, read.vector, maxEntries);
    else damaged += 1;
  };
  if (await files.stat(path)) {
    const decoder = new TextDecoder();
    for await (const chunk of files.chunks(path)) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop()!;
      for (const line of parts) take(line);
    }
    take(rest);
  }
  return { vectors, lines, damaged, torn: rest !== '' };
}
