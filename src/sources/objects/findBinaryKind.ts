/** First bytes of what holds no lines of text, by the specifications of each. */
const kinds: readonly (readonly [string, readonly number[]])[] = [
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
  ['Avro', [0x4f, 0x62, 0x6a, 0x01]],
  ['ORC', [0x4f, 0x52, 0x43]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['snappy', [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50]],
  ['LZ4', [0x04, 0x22, 0x4d, 0x18]],
  ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
];

/** The name of what these first bytes are the beginning of, where that is no text; null for all else. */
export const findBinaryKind = (first: Uint8Array): string | null =>
  kinds.find(([, magic]) => first.length >= magic.length && magic.every((byte, i) => first[i] === byte))?.[0] ?? null;
