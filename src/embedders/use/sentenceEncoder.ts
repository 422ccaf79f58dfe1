import { join } from 'node:path';

/** A file of the model as it was published: its name on disk, size where known, and git blob id. */
export interface PublishedFile {
  name: string;
  bytes?: number;
  blobId: string;
}

/**
 * Universal Sentence Encoder lite, version 1, converted for TensorFlow.js (Apache 2.0). Vectors of 512 numbers from a
 * vocabulary of 8,002 pieces; 27,903,656 bytes in all. model.json names the seven shards; their ids are in its order.
 */
export const sentenceEncoder = {
  name: 'universal-sentence-encoder-lite-1',
  dimension: 512,
  model: { name: 'model.json', bytes: 247_026, blobId: '1752785735728fb01499c9695169f545f7c084f2' },
  vocabulary: { name: 'vocab.json', bytes: 218_327, blobId: '995919bb1c9852a428ea18fb722d56c94928fd3e' },
  shards: [
    '0b41dd6d4797b642da9d1e1e767025ee4b2c2622',
    '80e4a71839a19aa55e02fb195298533a9ee4cbd1',
    '83b585a11d8258c2ecfb3d96c89982a1193a770d',
    '0f550fb80a3c2c4d21d20bc241370bf550e8659f',
    '2a5287a92596fb827d978d11b4aea90f2b617b3d',
    'c992f5f5c8ba3c4ae43ed069f4b77e37501a65df',
    '9d995b74e72e80cea4d85c034c98c4b9edabfd0a',
  ],
} as const;

/** What a download is checked by. Another model of the same interface has a list of its own, or none. */
export interface Published {
  name: string;
  model: PublishedFile;
  vocabulary: PublishedFile;
  /** Blob ids of the shards in the order of model.json. */
  shards: readonly string[];
}

/** Where `model fetch` puts the model and the embedder looks for it. */
export const modelFolder = (cacheDir: string, name: string = sentenceEncoder.name): string => join(cacheDir, 'models', name);
