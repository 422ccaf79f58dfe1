import { gitBlobId } from '../../../src/embedders/gitBlobId.ts';
import type { Published } from '../../../src/embedders/use/sentenceEncoder.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Files that look like a model on disk, with shards of the given sizes and bytes that differ from place to place. */
export function modelLike(shardSizes: readonly number[]): Map<string, Uint8Array> {
  const shards = shardSizes.map(
    (size, n) =>
      [`group1-shard${n + 1}of${shardSizes.length}`, Uint8Array.from({ length: size }, (_, i) => (i * 31 + n * 7) & 255)] as const,
  );
  const total = shardSizes.reduce((sum, size) => sum + size, 0);
  const weights = [{ name: 'w', shape: [total], dtype: 'uint8' }];
  const model = { modelTopology: { node: [] }, weightsManifest: [{ paths: shards.map(([name]) => name), weights }] };
  const pieces = ['\uFFFD', '<s>', '</s>', '<a>', '<b>', '<c>', '▁disk'].map((piece) => [piece, -1]);
  return new Map([['model.json', bytesOf(JSON.stringify(model))], ['vocab.json', bytesOf(JSON.stringify(pieces))], ...shards]);
}

/** What a publisher would say of these files. */
export async function publishedOf(files: ReadonlyMap<string, Uint8Array>): Promise<Published> {
  const id = async (name: string) => {
    const bytes = files.get(name)!;
    return gitBlobId(bytes.length, [bytes]);
  };
  const shards = [...files.keys()].filter((name) => name.includes('shard'));
  return {
    name: 'test-model',
    model: { name: 'model.json', blobId: await id('model.json') },
    vocabulary: { name: 'vocab.json', blobId: await id('vocab.json') },
    shards: await Promise.all(shards.map(id)),
  };
}
