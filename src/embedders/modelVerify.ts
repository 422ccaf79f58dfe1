import { join } from 'node:path';
import type { Files } from '../io.ts';
import { gitBlobId } from './gitBlobId.ts';
import { parseManifest, listShards } from './use/modelManifest.ts';
import type { Published, PublishedFile } from './use/sentenceEncoder.ts';

export interface VerifiedFile {
  name: string;
  /** null when it is missing. */
  bytes: number | null;
  blobId: string | null;
  /** null when nothing is known to check it by. */
  expected: string | null;
  state: 'good' | 'missing' | 'damaged' | 'unchecked';
}

export interface ModelReport {
  folder: string;
  files: VerifiedFile[];
  /** Every file is there and none is damaged. */
  good: boolean;
}

/** Reads one file whole and compares its git blob id. */
async function verifyFile(files: Files, folder: string, name: string, expected: string | null): Promise<VerifiedFile> {
  const path = join(folder, name);
  const size = (await files.stat(path))?.size;
  if (size === undefined) return { name, bytes: null, blobId: null, expected, state: 'missing' };
  const blobId = await gitBlobId(size, files.chunks(path));
  const state = expected === null ? 'unchecked' : blobId === expected ? 'good' : 'damaged';
  return { name, bytes: size, blobId, expected, state };
}

/**
 * Checks a model's folder file by file. `published` is what is known of the model; null only looks whether all files
 * are there. Where model.json cannot be read its shards are unknown, and the report ends with it and the vocabulary.
 */
export async function modelVerify(files: Files, folder: string, published: Published | null): Promise<ModelReport> {
  const named = (name: string, known?: PublishedFile) => verifyFile(files, folder, name, known?.blobId ?? null);
  const model = await named('model.json', published?.model);
  const checked = [model, await named('vocab.json', published?.vocabulary)];
  if (model.state === 'good' || model.state === 'unchecked') {
    let shards: string[] = [];
    try {
      shards = listShards(parseManifest(await files.readText(join(folder, 'model.json'))));
    } catch {
      model.state = 'damaged';
    }
    for (const [at, shard] of shards.entries())
      checked.push(await verifyFile(files, folder, shard, published ? (published.shards[at] ?? '') : null));
    if (published && model.state === 'good' && shards.length !== published.shards.length) model.state = 'damaged';
  }
  return { folder, files: checked, good: checked.every(({ state }) => state === 'good' || state === 'unchecked') };
}
