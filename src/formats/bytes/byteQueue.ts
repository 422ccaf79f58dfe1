/** Bytes waiting to be cut into records: one growing buffer, so that a record over many chunks is copied O(1) times a byte. */
export class ByteQueue {
  #bytes = new Uint8Array(0);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** The waiting bytes. Valid until the next call of `append`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  append(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Forgets that many bytes at the front. */
  drop(count: number): void {
    this.#start += count;
    if (this.#start >= this.#end) this.#start = this.#end = 0;
  }

  #makeRoom(more: number): void {
    const waiting = this.bytes;
    const wanted = waiting.length + more;
    // Doubling keeps the copying linear; moving to the front is enough when half of the buffer is free.
    if (wanted * 2 <= this.#bytes.length) {
      this.#bytes.copyWithin(0, this.#start, this.#end);
    } else {
      const larger = new Uint8Array(wanted * 2);
      larger.set(waiting);
      this.#bytes = larger;
    }
    this.#end = waiting.length;
    this.#start = 0;
  }
}
