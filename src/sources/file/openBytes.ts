import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Files } from '../../io.ts';

/** A compressed file that ends too soon or is damaged. What came before it has been given out. */
export class DamagedGzip extends Error {
  override readonly name = 'DamagedGzip';
  /** It only ends too soon: more of it may come. */
  readonly isCut: boolean;

  constructor(message: string, { isCut, cause }: { isCut: boolean; cause: unknown }) {
    super(message, { cause });
    this.isCut = isCut;
  }
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
  let skip = start;
  for await (const chunk of gunzipped(files.chunks(path, signal ? { signal } : {}))) {
    if (skip >= chunk.length) skip -= chunk.length;
    else {
      yield skip > 0 ? chunk.subarray(skip) : chunk;
      skip = 0;
    }
  }
}

/** Chunks of a pipe, unpacked where they begin as gzip data does. Lets go of the pipe at once when it is to stop. */
export function plainBytes(chunks: AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  let rest: AsyncIterator<Uint8Array> | null = null;
  const stop = async (): Promise<IteratorResult<Uint8Array>> => {
    await source.return?.();
    return { done: true, value: undefined };
  };
  return { next: async () => (rest ??= await pastHead(source)).next(), return: stop };
}

/** What a source gives, once its first two bytes have shown whether it is compressed. */
async function pastHead(source: AsyncIterator<Uint8Array>): Promise<AsyncIterator<Uint8Array>> {
  const heads: Uint8Array[] = [];
  for (let seen = 0; seen < magic.length;) {
    const { done, value } = await source.next();
    if (done) break;
    heads.push(value);
    seen += value.length;
  }
  const [first, second] = heads.flatMap((head) => [...head.subarray(0, magic.length)]);
  const next = async () => {
    const head = heads.shift();
    return head ? { done: false as const, value: head } : source.next();
  };
  const whole: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next }) };
  return (first === magic[0] && second === magic[1] ? gunzipped(whole) : whole)[Symbol.asyncIterator]();
}

/** Compressed chunks, unpacked. Throws `DamagedGzip` behind what could be read. */
async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks);
  const unzip = createGunzip({ chunkSize: 1 << 17 });
  source.on('error', (error) => unzip.destroy(error));
  try {
    yield* source.pipe(unzip) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!String(code).startsWith('Z_')) throw error;
    throw new DamagedGzip(message, { isCut: code === 'Z_BUF_ERROR', cause: error });
  } finally {
    source.destroy();
    unzip.destroy();
  }
}
