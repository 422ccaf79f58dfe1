import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Files } from '../../io.ts';

/** A compressed file that ends too soon or is damaged. What came before it has been given out. */
export class DamagedGzip extends Error {
  override readonly name = 'DamagedGzip';
}

/** Gzip data begins with these two bytes (RFC 1952, 2.3.1). */
const magic = [0x1f, 0x8b];

/** The first bytes of a file, as they are on disk. */
export async function firstBytes(files: Files, path: string, count: number): Promise<Uint8Array> {
  for await (const chunk of files.chunks(path, { end: count - 1 })) return chunk.subarray(0, count);
  return new Uint8Array(0);
}

export async function isGzip(files: Files, path: string): Promise<boolean> {
  const [first, second] = await firstBytes(files, path, 2);
  return first === magic[0] && second === magic[1];
}

/** The bytes of a plain or compressed file from an offset in the uncompressed stream on. */
export async function* openBytes(
  files: Files,
  path: string,
  start: number,
  gzip: boolean,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!gzip) {
    yield* files.chunks(path, { ...(start > 0 && { start }), ...(signal && { signal }) });
    return;
  }
  const source = Readable.from(files.chunks(path, signal ? { signal } : {}));
  const unzip = createGunzip({ chunkSize: 1 << 17 });
  source.on('error', (error) => unzip.destroy(error));
  let skip = start;
  try {
    for await (const chunk of source.pipe(unzip) as AsyncIterable<Uint8Array>) {
      if (skip >= chunk.length) skip -= chunk.length;
      else {
        yield skip > 0 ? chunk.subarray(skip) : chunk;
        skip = 0;
      }
    }
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw new DamagedGzip((error as Error).message, { cause: error });
    throw error;
  } finally {
    source.destroy();
    unzip.destroy();
  }
}
