declare module 'snappyjs' {
  /** Unpacks a block of snappy. Throws an Error for what is none, or is larger than `maxLength` bytes unpacked. */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array;
  export function compress(uncompressed: Uint8Array): Uint8Array;
}
