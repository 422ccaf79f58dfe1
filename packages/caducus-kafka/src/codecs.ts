import { unpackSnappy } from 'caducus';
import { decompress as unpackZstd } from 'fzstd';
import kafkajs from 'kafkajs';
import { decompress as unpackLz4 } from 'lz4js';

/** What Java's Snappy puts in front: https://github.com/xerial/snappy-java, SnappyOutputStream. Blocks with their length follow. */
const xerial = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The mark, and the two versions behind it. */
const xerialHead = 16;
/** Largest that a block may be unpacked, bytes: no broker takes a batch near it. */
const largest = 100 * 2 ** 20;

/** Snappy as clients of Kafka write it: one block, or Java's frame of several. */
export function unpackBlocks(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, xerial.length).equals(xerial)) return Buffer.from(unpackSnappy(bytes, largest));
  const blocks: Buffer[] = [];
  for (let at = xerialHead; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    blocks.push(Buffer.from(unpackSnappy(bytes.subarray(at + 4, at + 4 + length), largest)));
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

const onlyRead = () => {
  throw new Error('only read');
};

/** The client packs and unpacks gzip by itself; the rest is unpacked here, in plain JavaScript. */
export function addCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const add = (type: number, unpack: (bytes: Buffer) => Uint8Array) => {
    CompressionCodecs[type as keyof typeof CompressionCodecs] = () => ({
      compress: onlyRead,
      decompress: async (bytes: Buffer) => Buffer.from(unpack(bytes)),
    });
  };
  add(CompressionTypes.Snappy, unpackBlocks);
  add(CompressionTypes.LZ4, unpackLz4);
  add(CompressionTypes.ZSTD, unpackZstd);
}
