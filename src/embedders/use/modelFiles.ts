import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { gitBlobId } from '../gitBlobId.ts';
import { parseManifest, listShards, weightBytes, type ModelManifest } from './modelManifest.ts';
import type { Published } from './sentenceEncoder.ts';
import { checkVocabulary } from './vocabulary.ts';

/** A model in memory, ready to be handed to the worker. */
export interface ModelFiles {
  /** Hash over the blob ids of all files: names the space of the vectors. */
  id: string;
  manifest: ModelManifest;
  /** All shards, joined. */
  weights: ArrayBuffer;
  /** Text of vocab.json. */
  vocabulary: string;
}

/**
 * Reads a model from a folder. What is checked are the very bytes that are then used, so no half-written or exchanged
 * file ever becomes part of a running model. A model nobody published is checked for what would hang or half-load it.
 * Throws CAD080 when a file is missing and CAD082 when one is damaged.
 */
export async function readModel({ files }: Pick<Io, 'files'>, folder: string, published: Published | null): Promise<ModelFiles> {
  const ids: string[] = [];
  const read = async (name: string, expected?: string): Promise<Uint8Array> => {
    const path = join(folder, name);
    if (!(await files.stat(path))) throw new CaducusError('CAD080', { file: path }, `${name} is missing`);
    const bytes = await files.readBytes(path);
    const id = await gitBlobId(bytes.length, [bytes]);
    if (expected !== undefined && id !== expected)
      throw new CaducusError('CAD082', { file: path }, `its git blob id is ${id}, not ${expected}`);
    ids.push(id);
    return bytes;
  };
  const parsed = <T>(name: string, parse: () => T): T => {
    try {
      return parse();
    } catch (cause) {
      throw new CaducusError('CAD082', { file: join(folder, name) }, (cause as Error).message, { cause });
    }
  };
  const text = async (name: string, expected?: string) => new TextDecoder().decode(await read(name, expected));

  const model = await text('model.json', published?.model.blobId);
  const manifest = parsed('model.json', () => parseManifest(model));
  const vocabulary = await text('vocab.json', published?.vocabulary.blobId);
  if (!published) parsed('vocab.json', () => checkVocabulary(vocabulary));
  const shards: Uint8Array[] = [];
  for (const [at, name] of listShards(manifest).entries()) shards.push(await read(name, published?.shards[at]));
  const weights = joined(shards);
  const expected = published ? null : weightBytes(manifest);
  if (expected !== null && expected !== weights.byteLength)
    throw new CaducusError('CAD082', { file: folder }, `its shards hold ${weights.byteLength} bytes, model.json says ${expected}`);
  return { id: createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 16), manifest, weights, vocabulary };
}

/** One buffer of its own, so that it can be handed over to another thread. */
function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}
