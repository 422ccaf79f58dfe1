declare module 'lz4js' {
  /** Unpacks a frame of LZ4. Throws an Error for what is none. */
  export function decompress(frame: Uint8Array, maxSize?: number): Uint8Array;
}
