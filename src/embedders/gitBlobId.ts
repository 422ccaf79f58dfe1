import { createHash } from 'node:crypto';

/**
 * The id git gives a file's content: SHA-1 of `blob <size in bytes>\0` and the bytes. The published copies of the
 * sentence encoder can be checked by it without any list of checksums of our own making.
 */
export async function gitBlobId(size: number, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha1').update(`blob ${size}\0`);
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
