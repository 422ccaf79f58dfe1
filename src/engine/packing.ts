import { promisify } from 'node:util';
import { constants, deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';

/** Bytes below which packing costs more than it saves: a hundred microseconds, whatever the size. */
const least = 16_384;
/** Bytes from which it is done in a thread of its own: others go on meanwhile. */
const large = 65_536;

const aside = promisify(deflateRaw);

/** A content as it travels and lies on an engine; null where that is not smaller by a quarter at least. */
export async function packContent(content: Uint8Array): Promise<Uint8Array | null> {
  if (content.length < least) return null;
  // In one go: each piece that is put out would wait for its turn in this thread.
  const options = { level: constants.Z_BEST_SPEED, chunkSize: content.length };
  const packed = content.length < large ? deflateRawSync(content, options) : await aside(content, options);
  return packed.length < content.length * 0.75 ? packed : null;
}

export const unpackContent = (packed: Uint8Array): Uint8Array => inflateRawSync(packed);
