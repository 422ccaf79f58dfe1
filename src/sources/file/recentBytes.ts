/** What is kept at most, bytes: more than any open record holds; a line that is thrown away may be longer. */
const mostKept = 8 << 20;

/** The last bytes of a stream, as far back as somebody may still ask for them. Parts are joined only when they are read. */
export class RecentBytes {
  #parts: Uint8Array[] = [];
  #length = 0;

  /** Takes a copy of what came; the last `needed` bytes are kept, or 8 MiB where that is less. */
  push(piece: Uint8Array, needed: number): void {
    const kept = Math.min(needed, mostKept);
    this.#parts.push(Buffer.from(piece.subarray(Math.max(0, piece.length - kept))));
    this.#length += this.#parts.at(-1)!.length;
    let gone = 0;
    while (gone < this.#parts.length && this.#length - this.#parts[gone]!.length >= kept) this.#length -= this.#parts[gone++]!.length;
    if (gone > 0) this.#parts.splice(0, gone);
  }

  /** Up to `wanted` bytes, those in front of the last `behind`; none when they are kept no more. */
  before(behind: number, wanted: number): Uint8Array {
    const found: Uint8Array[] = [];
    let left = behind;
    let missing = wanted;
    for (let i = this.#parts.length - 1; i >= 0 && missing > 0; i--) {
      const part = this.#parts[i]!;
      const end = part.length - left;
      left = Math.max(0, -end);
      if (end <= 0) continue;
      found.push(part.subarray(Math.max(0, end - missing), end));
      missing -= found.at(-1)!.length;
    }
    return Buffer.concat(found.toReversed());
  }
}
