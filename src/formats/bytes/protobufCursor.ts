/** How the value of a field is written. Source: protobuf.dev, "Encoding". */
export const wire = { varint: 0, bit64: 1, bytes: 2, bit32: 5 } as const;

const cutOff = () => new SyntaxError('not protobuf: cut off');

/** Walks over a protobuf message without making anything of what is passed over. Throws a SyntaxError for what is none. */
export class ProtobufCursor {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** A number of up to 53 bits; of a larger one, or one below zero, no more than that it is large. */
  varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.at++];
    if (byte !== undefined && byte < 128) return byte;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10 && byte !== undefined; i += 1) {
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
      byte = bytes[this.at++];
    }
    throw cutOff();
  }

  /** An int64 as decimal text, exact. */
  int64(): string {
    const from = this.at;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return String(value);
    let exact = 0n;
    for (let i = 0; from + i < this.at; i += 1) exact |= BigInt(this.#bytes[from + i]! & 127) << BigInt(7 * i);
    return String(BigInt.asIntN(64, exact));
  }

  /** Milliseconds of nanoseconds in 64 bits, whole ones, exact. */
  nanosAsMillis(): number {
    this.#need(8);
    const low = this.#bytes.readUInt32LE(this.at);
    const high = this.#bytes.readUInt32LE(this.at + 4);
    this.at += 8;
    // 2^32 is 4294 million and 967296: neither part is beyond what a number holds exactly.
    return high * 4294 + Math.floor((high * 967_296 + low) / 1e6);
  }

  double(): number {
    this.#need(8);
    this.at += 8;
    return this.#bytes.readDoubleLE(this.at - 8);
  }

  /** Where the bytes that follow their length end; it stands at their beginning then. */
  enter(): number {
    const length = this.varint();
    this.#need(length);
    return this.at + length;
  }

  text(): string {
    const end = this.enter();
    const text = this.#bytes.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  /** The bytes of a message, or of anything else that has its length in front. */
  message(): Uint8Array {
    const end = this.enter();
    const bytes = this.#bytes.subarray(this.at, end);
    this.at = end;
    return bytes;
  }

  bytes(encoding: 'hex' | 'base64'): string {
    const end = this.enter();
    const text = this.#bytes.toString(encoding, this.at, end);
    this.at = end;
    return text;
  }

  /** Passes over the value of a field with that tag. */
  skip(tag: number): void {
    const kind = tag & 7;
    if (kind === wire.varint) this.varint();
    else if (kind === wire.bytes) this.at = this.enter();
    else if (kind === wire.bit64 || kind === wire.bit32) {
      this.#need(kind === wire.bit64 ? 8 : 4);
      this.at += kind === wire.bit64 ? 8 : 4;
    } else throw new SyntaxError(`not protobuf: a field of kind ${kind}`);
  }

  #need(count: number): void {
    if (this.at + count > this.#bytes.length) throw cutOff();
  }
}
