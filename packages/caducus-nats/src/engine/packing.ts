import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a message begins with. */
const plain = 0;
const deflated = 1;

/** Bytes below which packing costs more than it saves: a hundred microseconds, whatever the size. */
const least = 16_384;

/** A body as it travels and lies on the disk of the server: packed where that makes it smaller by a quarter at least. */
export function pack(body: Uint8Array): Uint8Array {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  if (body.length >= least && !isGzip) {
    // At once, and not in a thread of its own, which takes three times as long.
    const packed = deflateRawSync(body, { level: constants.Z_BEST_SPEED });
    if (packed.length < body.length * 0.75) return Buffer.concat([Buffer.of(deflated), packed]);
  }
  return Buffer.concat([Buffer.of(plain), body]);
}

export function unpack(packed: Uint8Array): Uint8Array {
  const body = packed.subarray(1);
  return packed[0] === deflated ? inflateRawSync(body) : body;
}
